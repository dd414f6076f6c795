using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class VersionLineage : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "lineage",
                schema: "insights",
                table: "versions",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "about",
                schema: "insights",
                table: "version_tables",
                type: "jsonb",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "lineage",
                schema: "insights",
                table: "versions");

            migrationBuilder.DropColumn(
                name: "about",
                schema: "insights",
                table: "version_tables");
        }
    }
}
