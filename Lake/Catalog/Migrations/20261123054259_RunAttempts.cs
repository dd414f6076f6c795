using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Lake.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class RunAttempts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "attempt",
                schema: "catalog",
                table: "runs",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "not_before",
                schema: "catalog",
                table: "runs",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "attempt",
                schema: "catalog",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "not_before",
                schema: "catalog",
                table: "runs");
        }
    }
}
