using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Lake.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class UploadBatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "batch_ids",
                schema: "catalog");

            migrationBuilder.AddColumn<long>(
                name: "batch_id",
                schema: "catalog",
                table: "loads",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "discarded",
                schema: "catalog",
                table: "loads",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<decimal>(
                name: "sales_deduplicated",
                schema: "catalog",
                table: "loads",
                type: "numeric(20,2)",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "sales_discarded",
                schema: "catalog",
                table: "loads",
                type: "numeric(20,2)",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "sales_quarantined",
                schema: "catalog",
                table: "loads",
                type: "numeric(20,2)",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "sales_read",
                schema: "catalog",
                table: "loads",
                type: "numeric(20,2)",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "sales_unreadable_rows",
                schema: "catalog",
                table: "loads",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "batches",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_batches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                schema: "catalog",
                columns: table => new
                {
                    caller = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    request = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    holder = table.Column<Guid>(type: "uuid", nullable: false),
                    body_sha256 = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<int>(type: "integer", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => new { x.caller, x.key });
                });

            migrationBuilder.CreateTable(
                name: "running_loads",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    dataset = table.Column<string>(type: "text", nullable: false),
                    file_name = table.Column<string>(type: "text", nullable: true),
                    batch_id = table.Column<long>(type: "bigint", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    total_bytes = table.Column<long>(type: "bigint", nullable: true),
                    read = table.Column<long>(type: "bigint", nullable: false),
                    quarantined = table.Column<long>(type: "bigint", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_running_loads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "batch_files",
                schema: "catalog",
                columns: table => new
                {
                    batch_id = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    dataset = table.Column<string>(type: "text", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    load_id = table.Column<long>(type: "bigint", nullable: true),
                    problem = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_batch_files", x => new { x.batch_id, x.position });
                    table.ForeignKey(
                        name: "fk_batch_files_batches_batch_id",
                        column: x => x.batch_id,
                        principalSchema: "catalog",
                        principalTable: "batches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_batch_files_loads_load_id",
                        column: x => x.load_id,
                        principalSchema: "catalog",
                        principalTable: "loads",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_loads_batch_id",
                schema: "catalog",
                table: "loads",
                column: "batch_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_loads_sales_reconcile",
                schema: "catalog",
                table: "loads",
                sql: "sales_read is null or sales_read = coalesce(sales_value, 0) + sales_quarantined + sales_deduplicated + sales_discarded");

            migrationBuilder.CreateIndex(
                name: "ix_batch_files_load_id",
                schema: "catalog",
                table: "batch_files",
                column: "load_id");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_created_at",
                schema: "catalog",
                table: "idempotency_keys",
                column: "created_at");

            migrationBuilder.AddForeignKey(
                name: "fk_loads_batches_batch_id",
                schema: "catalog",
                table: "loads",
                column: "batch_id",
                principalSchema: "catalog",
                principalTable: "batches",
                principalColumn: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_loads_batches_batch_id",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropTable(
                name: "batch_files",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "idempotency_keys",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "running_loads",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "batches",
                schema: "catalog");

            migrationBuilder.DropIndex(
                name: "ix_loads_batch_id",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropCheckConstraint(
                name: "ck_loads_sales_reconcile",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "batch_id",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "discarded",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "sales_deduplicated",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "sales_discarded",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "sales_quarantined",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "sales_read",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "sales_unreadable_rows",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropSequence(
                name: "batch_ids",
                schema: "catalog");
        }
    }
}
