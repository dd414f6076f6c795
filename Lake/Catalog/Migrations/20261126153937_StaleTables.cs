using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Lake.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class StaleTables : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "computed_at",
                schema: "insights",
                table: "version_tables",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "computed_version",
                schema: "insights",
                table: "version_tables",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "engine_text",
                schema: "insights",
                table: "version_tables",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "failed_origin",
                schema: "insights",
                table: "version_tables",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long[]>(
                name: "missing_loads",
                schema: "insights",
                table: "version_tables",
                type: "bigint[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "reason",
                schema: "insights",
                table: "version_tables",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "stale_since",
                schema: "insights",
                table: "version_tables",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                schema: "insights",
                table: "version_tables",
                type: "text",
                nullable: false,
                defaultValue: "fresh");

            migrationBuilder.AddColumn<long[]>(
                name: "suspected_loads",
                schema: "insights",
                table: "version_tables",
                type: "bigint[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<long[]>(
                name: "withdrawn_loads",
                schema: "insights",
                table: "version_tables",
                type: "bigint[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "engine_text",
                schema: "catalog",
                table: "runs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "failed_tables",
                schema: "catalog",
                table: "runs",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<long[]>(
                name: "suspected_loads",
                schema: "catalog",
                table: "runs",
                type: "bigint[]",
                nullable: false,
                defaultValueSql: "'{}'");

            // The latest run, when it failed as a whole: readers see of the runs this alone, by the rights of the view's owner.
            migrationBuilder.Sql(
                """
                create view insights.failed_run as
                select run.id, run.finished_at as failed_at, coalesce(run.error, '') as reason, run.engine_text, run.suspected_loads as loads
                from catalog.runs as run
                where run.state = 'failed'
                    and run.id > coalesce((select version.run_id from insights.versions as version order by version.version desc limit 1), 0)
                    and not exists (
                        select from catalog.runs as later
                        where later.id > run.id and later.state in ('published', 'partial', 'unchanged'))
                order by run.id desc
                limit 1;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop view insights.failed_run;");

            migrationBuilder.DropColumn(
                name: "computed_at",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "computed_version",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "engine_text",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "failed_origin",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "missing_loads",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "reason",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "stale_since",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "state",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "suspected_loads",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "withdrawn_loads",
                schema: "insights",
                table: "version_tables");

            migrationBuilder.DropColumn(
                name: "engine_text",
                schema: "catalog",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "failed_tables",
                schema: "catalog",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "suspected_loads",
                schema: "catalog",
                table: "runs");
        }
    }
}
