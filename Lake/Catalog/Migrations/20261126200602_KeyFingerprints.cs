using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Lake.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class KeyFingerprints : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "key_fingerprint",
                schema: "catalog",
                table: "running_loads",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "key_fingerprint",
                schema: "catalog",
                table: "loads",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "key_fingerprint",
                schema: "catalog",
                table: "batches",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "key_fingerprint",
                schema: "catalog",
                table: "running_loads");

            migrationBuilder.DropColumn(
                name: "key_fingerprint",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "key_fingerprint",
                schema: "catalog",
                table: "batches");
        }
    }
}
