using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Dunnhumby.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class InitialCatalog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "catalog");

            migrationBuilder.EnsureSchema(
                name: "insights");

            migrationBuilder.CreateSequence(
                name: "batch_ids",
                schema: "catalog");

            migrationBuilder.CreateSequence(
                name: "load_ids",
                schema: "catalog");

            migrationBuilder.CreateTable(
                name: "batches",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    key_fingerprint = table.Column<string>(type: "text", nullable: true),
                    sent_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_batches", x => x.id);
                });

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
                name: "inbox",
                schema: "catalog",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    consumer = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => new { x.message_id, x.consumer });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "catalog",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    type = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.message_id);
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
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    key_fingerprint = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_running_loads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "runs",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_owner = table.Column<string>(type: "text", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fence = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    attempt = table.Column<int>(type: "integer", nullable: false, defaultValue: 1),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    engine_text = table.Column<string>(type: "text", nullable: true),
                    failed_tables = table.Column<string[]>(type: "text[]", nullable: false, defaultValueSql: "'{}'"),
                    suspected_loads = table.Column<long[]>(type: "bigint[]", nullable: false, defaultValueSql: "'{}'"),
                    requested_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "versions",
                schema: "insights",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    day_one = table.Column<DateOnly>(type: "date", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false),
                    schema_name = table.Column<string>(type: "text", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    part_fingerprints = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'{}'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_versions", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "loads",
                schema: "catalog",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    dataset = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    read = table.Column<long>(type: "bigint", nullable: false),
                    loaded = table.Column<long>(type: "bigint", nullable: false),
                    quarantined = table.Column<long>(type: "bigint", nullable: false),
                    deduplicated = table.Column<long>(type: "bigint", nullable: false),
                    blank_lines = table.Column<long>(type: "bigint", nullable: false),
                    sales_value = table.Column<decimal>(type: "numeric(18,2)", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    trace_id = table.Column<string>(type: "text", nullable: true),
                    file_columns = table.Column<string[]>(type: "text[]", nullable: true),
                    replaced = table.Column<long>(type: "bigint", nullable: true),
                    replayed_by = table.Column<string>(type: "text", nullable: true),
                    replays_load_id = table.Column<long>(type: "bigint", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_by = table.Column<string>(type: "text", nullable: true),
                    batch_id = table.Column<long>(type: "bigint", nullable: true),
                    discarded = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L),
                    sales_deduplicated = table.Column<decimal>(type: "numeric(20,2)", nullable: true),
                    sales_discarded = table.Column<decimal>(type: "numeric(20,2)", nullable: true),
                    sales_quarantined = table.Column<decimal>(type: "numeric(20,2)", nullable: true),
                    sales_read = table.Column<decimal>(type: "numeric(20,2)", nullable: true),
                    sales_unreadable_rows = table.Column<long>(type: "bigint", nullable: true),
                    first_multiline_line = table.Column<long>(type: "bigint", nullable: true),
                    multiline_fields = table.Column<long>(type: "bigint", nullable: true),
                    key_fingerprint = table.Column<string>(type: "text", nullable: true),
                    loaded_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loads", x => x.id);
                    table.CheckConstraint("ck_loads_reconciles", "state <> 'completed' or read = loaded + quarantined + deduplicated");
                    table.CheckConstraint("ck_loads_sales_reconcile", "sales_read is null or sales_read = coalesce(sales_value, 0) + sales_quarantined + sales_deduplicated + sales_discarded");
                    table.ForeignKey(
                        name: "fk_loads_batches_batch_id",
                        column: x => x.batch_id,
                        principalSchema: "catalog",
                        principalTable: "batches",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_loads_loads_replays_load_id",
                        column: x => x.replays_load_id,
                        principalSchema: "catalog",
                        principalTable: "loads",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "version_loads",
                schema: "insights",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    load_id = table.Column<long>(type: "bigint", nullable: false),
                    dataset = table.Column<string>(type: "text", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    loaded = table.Column<long>(type: "bigint", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_version_loads", x => new { x.version, x.load_id });
                    table.ForeignKey(
                        name: "fk_version_loads_versions_version",
                        column: x => x.version,
                        principalSchema: "insights",
                        principalTable: "versions",
                        principalColumn: "version",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "version_notices",
                schema: "insights",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    part = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_version_notices", x => new { x.version, x.code });
                    table.ForeignKey(
                        name: "fk_version_notices_versions_version",
                        column: x => x.version,
                        principalSchema: "insights",
                        principalTable: "versions",
                        principalColumn: "version",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "version_tables",
                schema: "insights",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    rows = table.Column<long>(type: "bigint", nullable: false),
                    grain = table.Column<string>(type: "text", nullable: false),
                    columns = table.Column<string[]>(type: "text[]", nullable: false),
                    computed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    computed_version = table.Column<int>(type: "integer", nullable: true),
                    engine_text = table.Column<string>(type: "text", nullable: true),
                    failed_origin = table.Column<string>(type: "text", nullable: true),
                    missing_loads = table.Column<long[]>(type: "bigint[]", nullable: false, defaultValueSql: "'{}'"),
                    reason = table.Column<string>(type: "text", nullable: true),
                    stale_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false, defaultValue: "fresh"),
                    suspected_loads = table.Column<long[]>(type: "bigint[]", nullable: false, defaultValueSql: "'{}'"),
                    withdrawn_loads = table.Column<long[]>(type: "bigint[]", nullable: false, defaultValueSql: "'{}'")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_version_tables", x => new { x.version, x.name });
                    table.ForeignKey(
                        name: "fk_version_tables_versions_version",
                        column: x => x.version,
                        principalSchema: "insights",
                        principalTable: "versions",
                        principalColumn: "version",
                        onDelete: ReferentialAction.Cascade);
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

            migrationBuilder.CreateTable(
                name: "lake_files",
                schema: "catalog",
                columns: table => new
                {
                    path = table.Column<string>(type: "text", nullable: false),
                    load_id = table.Column<long>(type: "bigint", nullable: true),
                    rows = table.Column<long>(type: "bigint", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lake_files", x => x.path);
                    table.ForeignKey(
                        name: "fk_lake_files_loads_load_id",
                        column: x => x.load_id,
                        principalSchema: "catalog",
                        principalTable: "loads",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "quarantined_rows",
                schema: "catalog",
                columns: table => new
                {
                    load_id = table.Column<long>(type: "bigint", nullable: false),
                    line = table.Column<long>(type: "bigint", nullable: false),
                    byte_offset = table.Column<long>(type: "bigint", nullable: false),
                    column = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    raw_text = table.Column<string>(type: "text", nullable: false),
                    is_cut = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quarantined_rows", x => new { x.load_id, x.line });
                    table.ForeignKey(
                        name: "fk_quarantined_rows_loads_load_id",
                        column: x => x.load_id,
                        principalSchema: "catalog",
                        principalTable: "loads",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
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
                name: "ix_batch_files_load_id",
                schema: "catalog",
                table: "batch_files",
                column: "load_id");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_created_at",
                schema: "catalog",
                table: "idempotency_keys",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_lake_file_loads_load_id",
                schema: "catalog",
                table: "lake_file_loads",
                column: "load_id");

            migrationBuilder.CreateIndex(
                name: "ix_lake_files_load_id",
                schema: "catalog",
                table: "lake_files",
                column: "load_id");

            migrationBuilder.CreateIndex(
                name: "ix_loads_batch_id",
                schema: "catalog",
                table: "loads",
                column: "batch_id");

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

            migrationBuilder.CreateIndex(
                name: "ix_outbox_unsent",
                schema: "catalog",
                table: "outbox",
                column: "sequence",
                filter: "sent_at is null");

            migrationBuilder.CreateIndex(
                name: "ux_runs_active",
                schema: "catalog",
                table: "runs",
                column: "state",
                unique: true,
                filter: "state in ('pending', 'running')");

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

            migrationBuilder.DropTable(
                name: "batch_files",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "care_rounds",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "idempotency_keys",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "lake_file_loads",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "mended_rows",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "retired_files",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "running_loads",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "runs",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "version_loads",
                schema: "insights");

            migrationBuilder.DropTable(
                name: "version_notices",
                schema: "insights");

            migrationBuilder.DropTable(
                name: "version_tables",
                schema: "insights");

            migrationBuilder.DropTable(
                name: "lake_files",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "quarantined_rows",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "versions",
                schema: "insights");

            migrationBuilder.DropTable(
                name: "loads",
                schema: "catalog");

            migrationBuilder.DropTable(
                name: "batches",
                schema: "catalog");

            migrationBuilder.DropSequence(
                name: "batch_ids",
                schema: "catalog");

            migrationBuilder.DropSequence(
                name: "load_ids",
                schema: "catalog");
        }
    }
}
