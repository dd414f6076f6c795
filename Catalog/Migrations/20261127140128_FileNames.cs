using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class FileNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "file_name",
                schema: "catalog",
                table: "loads",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "file_name",
                schema: "catalog",
                table: "loads");
        }
    }
}
