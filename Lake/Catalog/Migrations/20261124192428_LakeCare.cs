using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Dunnhumby.Lake.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class LakeCare : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_lake_files_loads_load_id",
                schema: "catalog",
                table: "lake_files");

            migrationBuilder.AlterColumn<long>(
                name: "load_id",
                schema: "catalog",
                table: "lake_files",
                type: "bigint",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "bigint");

            migrationBuilder.CreateTable(
                name: "care_rounds",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    files_merged = table.Column<int>(type: "integer", nullable: false),
                    files_written = table.Column<int>(type: "integer", nullable: false),
                    files_removed = table.Column<int>(type: "integer", nullable: false),
                    orphans_removed = table.Column<int>(type: "integer", nullable: false),
                    orphan_bytes = table.Column<long>(type: "bigint", nullable: false),
                    faults = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_care_rounds", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lake_file_loads",
                schema: "catalog",
                columns: table => new
                {
                    path = table.Column<string>(type: "text", nullable: false),
                    load_id = table.Column<long>(type: "bigint", nullable: false),
                    rows = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lake_file_loads", x => new { x.path, x.load_id });
                    table.ForeignKey(
                        name: "fk_lake_file_loads_lake_files_path",
                        column: x => x.path,
                        principalSchema: "catalog",
                        principalTable: "lake_files",
                        principalColumn: "path",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_lake_file_loads_loads_load_id",
                        column: x => x.load_id,
                        principalSchema: "catalog",
                        principalTable: "loads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "retired_files",
                schema: "catalog",
                columns: table => new
                {
                    path = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retired_files", x => x.path);
                });

            migrationBuilder.CreateIndex(
                name: "ix_lake_file_loads_load_id",
                schema: "catalog",
                table: "lake_file_loads",
                column: "load_id");

            migrationBuilder.AddForeignKey(
                name: "fk_lake_files_loads_load_id",
                schema: "catalog",
                table: "lake_files",
                column: "load_id",
                principalSchema: "catalog",
                principalTable: "loads",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_lake_files_loads_load_id",
                schema: "catalog",
                table: "lake_files");

            migrationBuilder.DropTable(
                name: "care_rounds",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "lake_file_loads",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "retired_files",
                schema: "catalog");

            migrationBuilder.AlterColumn<long>(
                name: "load_id",
                schema: "catalog",
                table: "lake_files",
                type: "bigint",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "bigint",
                oldNullable: true);

            migrationBuilder.AddForeignKey(
                name: "fk_lake_files_loads_load_id",
                schema: "catalog",
                table: "lake_files",
                column: "load_id",
                principalSchema: "catalog",
                principalTable: "loads",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
