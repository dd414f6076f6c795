using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class GoingBack : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "held_lake",
                schema: "insights",
                table: "versions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_since",
                schema: "insights",
                table: "versions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "has_later_rows",
                schema: "insights",
                table: "version_tables",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // What readers of versions may know of runs: nothing of the others, nor of the workers.
            migrationBuilder.Sql(
                """
                create view insights.version_runs as
                select id, version, reason, requested_by, started_at, finished_at from catalog.runs where version is not null;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop view insights.version_runs;");

            migrationBuilder.DropColumn(
                name: "held_lake",
                schema: "insights",
                table: "versions");

            migrationBuilder.DropColumn(
                name: "held_since",
                schema: "insights",
                table: "versions");

            migrationBuilder.DropColumn(
                name: "has_later_rows",
                schema: "insights",
                table: "version_tables");
        }
    }
}
