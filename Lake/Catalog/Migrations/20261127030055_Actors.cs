using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Lake.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class Actors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "requested_by",
                schema: "catalog",
                table: "runs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "loaded_by",
                schema: "catalog",
                table: "loads",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sent_by",
                schema: "catalog",
                table: "batches",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "requested_by",
                schema: "catalog",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "loaded_by",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "sent_by",
                schema: "catalog",
                table: "batches");
        }
    }
}
