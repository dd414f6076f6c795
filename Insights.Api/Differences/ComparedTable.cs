using Npgsql;

namespace Dunnhumby.Insights.Api.Differences;

/// <summary>A table of a version, as the register knows it.</summary>
/// <param name="Schema">Where the version's view of it is.</param>
/// <param name="Home">Where the rows are, which other versions may show too; null when that is not known.</param>
/// <param name="RowsVersion">Whose rows of them the version shows.</param>
/// <param name="Key">The columns that tell rows apart, with their types; none when that is not known.</param>
internal sealed record ComparedTable(int Version, string Name, string[] Columns, string Schema, string? Home, int RowsVersion, IReadOnlyList<KeyColumn> Key)
{
    /// <summary>The tables of two versions, those that are there, in the order of listings.</summary>
    internal static async Task<List<ComparedTable>> ListAsync(NpgsqlConnection connection, int from, int to, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select listed.version, listed.name, listed.columns, version.schema_name, listed.rows_schema, listed.rows_version, key.names, key.types
            from insights.version_tables as listed
            join insights.versions as version on version.version = listed.version
            cross join lateral (
                select to_regclass(case when listed.rows_schema is null
                    then format('%I.%I', version.schema_name, listed.name)
                    else format('%I.%I', listed.rows_schema, listed.name || '_rows') end) as rows) as home
            cross join lateral (
                select coalesce(array_agg(part.attname::text order by array_position(index.indkey::int2[], part.attnum)), '{}') as names,
                    coalesce(array_agg(format_type(part.atttypid, part.atttypmod) order by array_position(index.indkey::int2[], part.attnum)), '{}') as types
                from pg_index as index
                join pg_attribute as part on part.attrelid = index.indrelid and part.attnum = any (index.indkey)
                where index.indrelid = home.rows and index.indisprimary and part.attname <> 'from_version') as key
            where listed.version in ($1, $2) and listed.state <> 'absent' and (listed.state <> 'waiting' or listed.computed_version is not null)
            order by listed.ordinal, listed.name
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = to });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(
            row => new ComparedTable(
                row.Value<int>("version"),
                row.Value<string>("name"),
                row.Value<string[]>("columns"),
                row.Value<string>("schema_name"),
                row.TextOrNull("rows_schema"),
                row.Value<int>("rows_version"),
                [.. row.Value<string[]>("names").Zip(row.Value<string[]>("types"), (name, type) => new KeyColumn(name, type))]),
            cancellationToken);
    }
}

/// <summary>A column of a table's key.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Type">As Postgres calls it.</param>
internal sealed record KeyColumn(string Name, string Type);
