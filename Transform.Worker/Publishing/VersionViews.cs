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
        await SwitchAsync(tables, schema, connection, cancellationToken);
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

    /// <summary>Points the views at <paramref name="schema"/>. One is dropped and created again only if its columns changed, because replacing a view cannot change them.</summary>
    private static async Task SwitchAsync(List<string> tables, string schema, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var before = await ColumnsAsync(LakeCatalog.InsightsSchema, tables, connection, cancellationToken);
        var after = await ColumnsAsync(schema, tables, connection, cancellationToken);
        var switches = tables.Select(table =>
        {
            var view = $"{LakeCatalog.InsightsSchema}.{table}";
            var isOther = before.TryGetValue(table, out var columns) && !string.Equals(columns, after[table], StringComparison.Ordinal);
            return $"{(isOther ? $"drop view {view};" : "")} create or replace view {view} as select * from {schema}.{table};";
        });
        await TableCopy.ExecuteAsync(string.Concat(switches), connection, cancellationToken);
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

    /// <summary>Names and types in order, by table or view.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> ColumnsAsync(string schema, List<string> tables, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select relname, string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum)
            from pg_namespace join pg_class on relnamespace = pg_namespace.oid join pg_attribute on attrelid = pg_class.oid
            where nspname = $1 and relname = any ($2) and attnum > 0 and not attisdropped
            group by relname
            """,
            connection);
        command.Parameters.AddWithValue(schema);
        command.Parameters.AddWithValue(tables);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<string, string> columns = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add(reader.GetString(0), reader.GetString(1));
        }

        return columns;
    }
}
