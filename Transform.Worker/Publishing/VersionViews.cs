using Dunnhumby.Catalog;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>The views in schema <c>insights</c> through which readers see the current version's tables.</summary>
internal static class VersionViews
{
    /// <summary>Points the view of a table at <paramref name="schema"/>; it is dropped and created again only if columns changed, because replacing a view cannot change them.</summary>
    internal static async Task SwitchAsync(string table, string schema, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var view = $"{LakeCatalog.InsightsSchema}.{table}";
        var select = $"select * from {schema}.{table}";
        var before = await ColumnsAsync(view, connection, cancellationToken);
        var after = await ColumnsAsync($"{schema}.{table}", connection, cancellationToken);
        var drop = before is null || string.Equals(before, after, StringComparison.Ordinal) ? "" : $"drop view {view};";
        await TableCopy.ExecuteAsync($"{drop} create or replace view {view} as {select}", connection, cancellationToken);
    }

    /// <summary>Removes the views of tables that the version does not have.</summary>
    internal static async Task RemoveOthersAsync(List<string> tables, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select string_agg(distinct format('drop view %I.%I;', view_schema, view_name), ' ')
            from information_schema.view_table_usage
            where view_schema = $1 and table_schema ~ '^insights_v[0-9]' and view_name <> all ($2)
            """,
            connection);
        command.Parameters.AddWithValue(LakeCatalog.InsightsSchema);
        command.Parameters.AddWithValue(tables);
        if (await command.ExecuteScalarAsync(cancellationToken) is string drops)
        {
            await TableCopy.ExecuteAsync(drops, connection, cancellationToken);
        }
    }

    /// <summary>Names and types in order; null when there is no such relation.</summary>
    private static async Task<string?> ColumnsAsync(string relation, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum)
            from pg_attribute
            where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
            """,
            connection);
        command.Parameters.AddWithValue(relation);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
