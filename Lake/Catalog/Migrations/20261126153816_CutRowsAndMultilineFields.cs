using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dunnhumby.Lake.Catalog.Migrations
{
    /// <inheritdoc />
    public partial class CutRowsAndMultilineFields : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_cut",
                schema: "catalog",
                table: "quarantined_rows",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // Rows from before: 4,096 UTF-16 code units were kept, or one fewer where a cut would have halved a character. Characters beyond the basic plane have
            // two of them. A row of just that length may be whole, and counts as cut: that asks for its text, and loads nothing wrong.
            migrationBuilder.Sql(
                """
                update catalog.quarantined_rows set is_cut = true
                where length(raw_text) >= 2047
                  and length(raw_text) + length(regexp_replace(raw_text, '[^\U00010000-\U0010ffff]', '', 'g')) >= 4095
                """);

            migrationBuilder.AddColumn<long>(
                name: "first_multiline_line",
                schema: "catalog",
                table: "loads",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "multiline_fields",
                schema: "catalog",
                table: "loads",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "is_cut",
                schema: "catalog",
                table: "quarantined_rows");

            migrationBuilder.DropColumn(
                name: "first_multiline_line",
                schema: "catalog",
                table: "loads");

            migrationBuilder.DropColumn(
                name: "multiline_fields",
                schema: "catalog",
                table: "loads");
        }
    }
}
