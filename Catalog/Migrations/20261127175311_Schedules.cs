using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class Schedules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The scheduler makes its tables there by itself.
            migrationBuilder.EnsureSchema(name: "quartz");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop schema quartz cascade");
        }
    }
}
