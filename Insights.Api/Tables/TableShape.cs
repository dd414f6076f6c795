using System.Runtime.CompilerServices;
using System.Text.Json;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Insights.Api.Forms;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>The columns of a derived table as the database has them, with what its model says of them. SQL is made of these names only, never of what a request says.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">In the table's order.</param>
/// <param name="Key">The columns that tell rows apart, in the order of the index; none when the table has no primary key.</param>
internal sealed record TableShape(string Name, IReadOnlyList<ShapeColumn> Columns, IReadOnlyList<ShapeColumn> Key)
{
    /// <summary>The columns that count time, of which a key has one at most.</summary>
    private static readonly string[] Times = ["day", "week_no", "quarters_ago"];

    /// <summary>The DAY, WEEK or quarter that a row is of, which <c>from</c> and <c>to</c> are about; null when rows are of no time.</summary>
    internal ShapeColumn? Time => Key.FirstOrDefault(column => Times.Contains(column.Name, StringComparer.Ordinal));

    internal string QuotedName => Quote(Name);

    internal ShapeColumn? Find(string parameter) => Columns.FirstOrDefault(column => string.Equals(column.Parameter, parameter, StringComparison.OrdinalIgnoreCase));

    internal static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>A column of a derived table.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Type">As SQL names it, for example <c>decimal(18,2)</c>.</param>
/// <param name="Kind">What its cells hold.</param>
/// <param name="IsKey">Whether it is one of the key: such a column has no nulls.</param>
/// <param name="About">What the model says of it; null for a version from before that was kept.</param>
internal sealed record ShapeColumn(string Name, string Type, CellKind Kind, bool IsKey, TableColumnAbout? About)
{
    /// <summary>What requests call it: <c>age_45_plus</c> is <c>age45Plus</c>.</summary>
    internal string Parameter { get; } = ParameterOf(Name);

    internal string Quoted { get; } = TableShape.Quote(Name);

    /// <summary>Whether it counts in more digits than <see cref="int"/> has.</summary>
    internal bool IsLong => Type is "bigint";

    private static string ParameterOf(string name)
    {
        var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return JsonNamingPolicy.CamelCase.ConvertName(string.Concat(words.Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}")));
    }
}

/// <summary>Looks shapes up. A version's tables never change, so each is read once.</summary>
internal sealed class TableShapes(NpgsqlDataSource database)
{
    private const int MostKnown = 200;

    private readonly ConditionalWeakTable<PublishedVersion, Remembered<string, TableShape>> _known = [];

    /// <summary>The shape of a table that the version lists.</summary>
    /// <exception cref="PostgresException">The version was removed meanwhile (undefined table).</exception>
    internal async ValueTask<TableShape> GetAsync(PublishedVersion version, string table, CancellationToken cancellationToken)
    {
        var known = _known.GetValue(version, static _ => new Remembered<string, TableShape>(MostKnown));
        return await known.GetAsync(table, name => ReadAsync(version, name, cancellationToken))
            ?? throw new InvalidOperationException($"The table {table} of version {version.Answer.Version} has no columns.");
    }

    private async Task<TableShape?> ReadAsync(PublishedVersion version, string table, CancellationToken cancellationToken)
    {
        // The rows are in a table that other versions may share, or in one of this name. Reading the latter says, with the right SQLSTATE, when the version is gone.
        var shown = $"{version.Schema}.{TableShape.Quote(table)}";
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"select from {shown} limit 0"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            select part.attname::text as name, format_type(part.atttypid, part.atttypmod) as type, array_position(key.indkey::int2[], part.attnum) as place
            from (
                select to_regclass(coalesce(
                    (select format('%I.%I', rows_schema, name || '_rows') from insights.version_tables where version = $2 and name = $3 and rows_schema is not null),
                    $1)) as rows) as home
            join pg_attribute as part on part.attrelid = home.rows
            left join pg_index as key on key.indrelid = part.attrelid and key.indisprimary
            where part.attnum > 0 and not part.attisdropped and part.attname not in ('from_version', 'to_version')
            order by part.attnum
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = shown },
                new NpgsqlParameter<int> { TypedValue = version.Answer.Version },
                new NpgsqlParameter<string> { TypedValue = table },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var about = version.Tables.FirstOrDefault(known => string.Equals(known.Name, table, StringComparison.Ordinal))?.About;
        var columns = await reader.ListAsync(
            row =>
            {
                var (name, type, place) = (row.Value<string>("name"), row.Value<string>("type"), row.ValueOrNull<int>("place"));
                return (Place: place, Column: new ShapeColumn(
                    name, TypeName(type), KindOf(name, type), place is not null, about?.Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal))));
            },
            cancellationToken);
        return columns.Count == 0
            ? null
            : new TableShape(table, [.. columns.Select(column => column.Column)], [.. columns.Where(column => column.Place is not null).OrderBy(column => column.Place).Select(column => column.Column)]);
    }

    private static string TypeName(string type) => type.Replace("numeric", "decimal", StringComparison.Ordinal).Replace("character varying", "text", StringComparison.Ordinal);

    private static CellKind KindOf(string name, string type) => type switch
    {
        "smallint" or "integer" or "bigint" => CellKind.Integer,
        "boolean" => CellKind.Flag,
        "text" or "character varying" => CellKind.Text,
        _ when type.StartsWith("numeric", StringComparison.Ordinal) => CellKind.Decimal,
        _ => throw new NotSupportedException($"Column {name} has the type {type}."),
    };
}
