using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Versions;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>The views in schema <c>insights</c> through which readers see the current version's tables.</summary>
internal static class VersionViews
{
    /// <summary>
    /// Gives a version's schema its name, points the views at it and removes those of tables that the version does not have. Last, because readers of the views
    /// wait from here to the commit. If a reader holds a view for long, the transaction fails and is retried.
    /// </summary>
    internal static async Task ShowAsync(VersionEntity version, string build, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var schema = version.SchemaName;
        var tables = version.Tables.Where(table => table.RowsSchema is not null).Select(table => table.Name).ToList();
        var (columns, others) = await LookAsync(build, tables, connection, cancellationToken);
        // A view is dropped and created again only if its columns changed, because replacing it cannot change them.
        var switches = tables.Select(table =>
        {
            var view = $"{LakeCatalog.InsightsSchema}.{table}";
            var isOther = columns.TryGetValue((LakeCatalog.InsightsSchema, table), out var before) && !string.Equals(before, columns[(build, table)], StringComparison.Ordinal);
            return $"{(isOther ? $"drop view {view};" : "")} create or replace view {view} as select * from {schema}.{table};";
        });
        var granted = tables.Count == 0 ? "" : $"grant select on {string.Join(", ", tables.Select(table => $"{LakeCatalog.InsightsSchema}.{table}"))} to reader;";
        await TableCopy.ExecuteAsync(
            $"""
            set local lock_timeout = '5s';
            alter schema {build} rename to {schema};
            {string.Concat(switches)}
            {string.Concat(others.Select(view => $"drop view {LakeCatalog.InsightsSchema}.{view};"))}
            do $$ begin
                if exists (select from pg_roles where rolname = 'reader') then
                    grant usage on schema {schema} to reader;
                    grant select on all tables in schema {schema} to reader;
                    {granted}
                end if;
            end $$;
            """,
            connection,
            cancellationToken);
    }

    /// <summary>Names and types of columns in order, by the schema and name of a table or view; and the views of tables that the version does not have.</summary>
    private static async Task<(IReadOnlyDictionary<(string Schema, string Name), string> Columns, IReadOnlyList<string> Others)> LookAsync(
        string build, List<string> tables, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(
                    """
                    select nspname, relname, string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum)
                    from pg_namespace join pg_class on relnamespace = pg_namespace.oid join pg_attribute on attrelid = pg_class.oid
                    where nspname = any ($1) and relname = any ($2) and attnum > 0 and not attisdropped
                    group by nspname, relname
                    """)
                {
                    Parameters = { new NpgsqlParameter<string[]> { TypedValue = [LakeCatalog.InsightsSchema, build] }, new NpgsqlParameter<string[]> { TypedValue = [.. tables] } },
                },
                new NpgsqlBatchCommand(
                    """
                    select distinct quote_ident(shown.relname)
                    from pg_class as shown
                    join pg_rewrite on ev_class = shown.oid
                    join pg_depend on classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid and refclassid = 'pg_class'::regclass
                    join pg_class as read on read.oid = refobjid
                    join pg_namespace on pg_namespace.oid = read.relnamespace
                    where shown.relnamespace = $1::regnamespace and shown.relkind = 'v' and shown.relname <> all ($2) and nspname ~ '^insights_v[0-9]'
                    """)
                {
                    Parameters = { new NpgsqlParameter<string> { TypedValue = LakeCatalog.InsightsSchema }, new NpgsqlParameter<string[]> { TypedValue = [.. tables] } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        Dictionary<(string, string), string> columns = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add((reader.GetString(0), reader.GetString(1)), reader.GetString(2));
        }

        await reader.NextResultAsync(cancellationToken);
        List<string> others = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            others.Add(reader.GetString(0));
        }

        return (columns, others);
    }
}
