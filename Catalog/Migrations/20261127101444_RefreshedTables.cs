using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class RefreshedTables : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "republishes",
                schema: "insights",
                table: "versions",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rows_schema",
                schema: "insights",
                table: "version_tables",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "rows_version",
                schema: "insights",
                table: "version_tables",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "steps",
                schema: "catalog",
                table: "runs",
                type: "jsonb",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "republishes",
                schema: "insights",
                table: "versions");

            migrationBuilder.DropColumn(
                name: "rows_schema",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "rows_version",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "steps",
                schema: "catalog",
                table: "runs");
        }
    }
}
