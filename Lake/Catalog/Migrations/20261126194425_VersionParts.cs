using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Lake.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class VersionParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "part_fingerprints",
                schema: "insights",
                table: "versions",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "part",
                schema: "insights",
                table: "version_notices",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "part_fingerprints",
                schema: "insights",
                table: "versions");

            migrationBuilder.DropColumn(
                name: "part",
                schema: "insights",
                table: "version_notices");
        }
    }
}
