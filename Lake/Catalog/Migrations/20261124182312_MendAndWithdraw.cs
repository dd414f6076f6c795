using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Lake.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class MendAndWithdraw : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_loads_content",
                schema: "catalog",
                table: "loads");

            migrationBuilder.AddColumn<string[]>(
                name: "file_columns",
                schema: "catalog",
                table: "loads",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "replaced",
                schema: "catalog",
                table: "loads",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "replayed_by",
                schema: "catalog",
                table: "loads",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "replays_load_id",
                schema: "catalog",
                table: "loads",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "withdrawn_at",
                schema: "catalog",
                table: "loads",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "withdrawn_by",
                schema: "catalog",
                table: "loads",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "mended_rows",
                schema: "catalog",
                columns: table => new
                {
                    replay_load_id = table.Column<long>(type: "bigint", nullable: false),
                    line = table.Column<long>(type: "bigint", nullable: false),
                    load_id = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    after = table.Column<string>(type: "text", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mended_rows", x => new { x.replay_load_id, x.line });
                    table.ForeignKey(
                        name: "fk_mended_rows_loads_replay_load_id",
                        column: x => x.replay_load_id,
                        principalSchema: "catalog",
                        principalTable: "loads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_mended_rows_quarantined_rows_load_id_line",
                        columns: x => new { x.load_id, x.line },
                        principalSchema: "catalog",
                        principalTable: "quarantined_rows",
                        principalColumns: new[] { "load_id", "line" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_loads_replays_load_id",
                schema: "catalog",
                table: "loads",
                column: "replays_load_id");

            migrationBuilder.CreateIndex(
                name: "ux_loads_content",
                schema: "catalog",
                table: "loads",
                columns: new[] { "dataset", "sha256" },
                unique: true,
                filter: "state = 'completed' and replays_load_id is null");

            migrationBuilder.CreateIndex(
                name: "ux_mended_rows_once",
                schema: "catalog",
                table: "mended_rows",
                columns: new[] { "load_id", "line" },
                unique: true,
                filter: "withdrawn_at is null");

            migrationBuilder.AddForeignKey(
                name: "fk_loads_loads_replays_load_id",
                schema: "catalog",
                table: "loads",
                column: "replays_load_id",
                principalSchema: "catalog",
                principalTable: "loads",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_loads_loads_replays_load_id",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropTable(
                name: "mended_rows",
                schema: "catalog");

            migrationBuilder.DropIndex(
                name: "ix_loads_replays_load_id",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropIndex(
                name: "ux_loads_content",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "file_columns",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "replaced",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "replayed_by",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "replays_load_id",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "withdrawn_at",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "withdrawn_by",
                schema: "catalog",
                table: "loads");

            migrationBuilder.CreateIndex(
                name: "ux_loads_content",
                schema: "catalog",
                table: "loads",
                columns: new[] { "dataset", "sha256" },
                unique: true,
                filter: "state = 'completed'");
        }
    }
}
