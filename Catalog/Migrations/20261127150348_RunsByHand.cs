using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class RunsByHand : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "cancelled_by",
                schema: "catalog",
                table: "runs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "models",
                schema: "catalog",
                table: "runs",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "cancelled_by",
                schema: "catalog",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "models",
                schema: "catalog",
                table: "runs");
        }
    }
}
