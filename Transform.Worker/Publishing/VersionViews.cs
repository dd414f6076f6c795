using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Versions;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>The views in schema <c>insights</c> through which readers see the current version's tables.</summary>
internal static class VersionViews
{
    /// <summary>
    /// Gives a version's schema its name and points the views at it. Last, because readers of the views wait from here to the commit. If a reader holds a
    /// view for long, the transaction fails and is retried.
    /// </summary>
    internal static async Task ShowAsync(VersionEntity version, string build, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var schema = version.SchemaName;
        var tables = version.Tables.Where(table => table.RowsSchema is not null).Select(table => table.Name).ToList();
        await TableCopy.ExecuteAsync(
            $"""
            set local lock_timeout = '5s';
            alter schema {build} rename to {schema};
            do $$ begin
                if exists (select from pg_roles where rolname = 'reader') then
                    grant usage on schema {schema} to reader;
                    grant select on all tables in schema {schema} to reader;
                end if;
            end $$;
            """,
            connection,
            cancellationToken);
        foreach (var table in tables)
        {
            await SwitchAsync(table, schema, connection, cancellationToken);
        }

        await RemoveOthersAsync(tables, connection, cancellationToken);
        if (tables.Count == 0)
        {
            return;
        }

        await TableCopy.ExecuteAsync(
            $"""
            do $$ begin
                if exists (select from pg_roles where rolname = 'reader') then
                    grant select on {string.Join(", ", tables.Select(table => $"{LakeCatalog.InsightsSchema}.{table}"))} to reader;
                end if;
            end $$;
            """,
            connection,
            cancellationToken);
    }

    /// <summary>Points the view of a table at <paramref name="schema"/>; it is dropped and created again only if columns changed, because replacing a view cannot change them.</summary>
    private static async Task SwitchAsync(string table, string schema, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var view = $"{LakeCatalog.InsightsSchema}.{table}";
        var select = $"select * from {schema}.{table}";
        var before = await ColumnsAsync(view, connection, cancellationToken);
        var after = await ColumnsAsync($"{schema}.{table}", connection, cancellationToken);
        var drop = before is null || string.Equals(before, after, StringComparison.Ordinal) ? "" : $"drop view {view};";
        await TableCopy.ExecuteAsync($"{drop} create or replace view {view} as {select}", connection, cancellationToken);
    }

    /// <summary>Removes the views of tables that the version does not have.</summary>
    private static async Task RemoveOthersAsync(List<string> tables, NpgsqlConnection connection, CancellationToken cancellationToken)
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
