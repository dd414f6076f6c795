using System.Globalization;
using Dunnhumby.Lake.Views;

namespace Dunnhumby.Transform.Worker.Models;

/// <summary>A test as a model declares it: exactly one of the kinds below. Those of columns say by themselves what they demand.</summary>
internal sealed class DeclaredTest
{
    /// <summary>The test holds the table back.</summary>
    internal const string Error = "error";

    /// <summary>The test is shown as a notice.</summary>
    internal const string Warn = "warn";

    /// <summary>Short, unique within the model.</summary>
    public string Name { get; set; } = "";

    /// <summary>What holds when the test passes: a sentence for analysts.</summary>
    public string Demands { get; set; } = "";

    /// <summary>What happens when it does not pass: <c>error</c> holds the table back, <c>warn</c> publishes it with a notice.</summary>
    public string Severity { get; set; } = Error;

    /// <summary>A condition that is true of each row.</summary>
    public string? Check { get; set; }

    /// <summary>An aggregate over the model's rows that equals <see cref="With"/>.</summary>
    public string? Reconciles { get; set; }

    /// <summary>A query for the one value that <see cref="Reconciles"/> equals.</summary>
    public string? With { get; set; }

    /// <summary>A query for offending rows.</summary>
    public string? Sql { get; set; }

    /// <summary>Columns that always have a value.</summary>
    public List<string> NotNull { get; set; } = [];

    /// <summary>The values that columns may have; none at all is for <see cref="NotNull"/>.</summary>
    public Dictionary<string, List<string>> Accepted { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Another table that has every combination of values of these columns.</summary>
    public DeclaredRelationship? Relationship { get; set; }

    /// <summary>How many rows the table has in comparison with the published version before.</summary>
    public DeclaredRows? Rows { get; set; }

    /// <summary>Whether a failure is only shown.</summary>
    internal bool Warns => string.Equals(Severity, Warn, StringComparison.Ordinal);

    /// <summary>The columns that it names apart from SQL.</summary>
    internal IEnumerable<string> Columns => [.. NotNull, .. Accepted.Keys, .. Relationship?.Columns ?? []];

    /// <summary>Whether it looks at each row by itself, and at nothing else.</summary>
    internal bool IsOfEachRow => Check is not null || NotNull.Count > 0 || Accepted.Count > 0;

    /// <summary>What it demands, and the query for rows that do not meet it.</summary>
    /// <param name="model">Whose rows it is about.</param>
    /// <param name="table">The table with the model's columns that has them.</param>
    /// <exception cref="InvalidOperationException">It is of no kind, of several, or of an unknown severity.</exception>
    internal (string Demands, string Query) Of(string model, string table)
    {
        if (Severity is not (Error or Warn))
        {
            throw new InvalidOperationException($"The test {Name} of the model {model} has the severity '{Severity}': it takes {Error} or {Warn}.");
        }

        List<(string Demands, string Query)> kinds = [];
        if (Check is { } check)
        {
            kinds.Add((Demands, $"select * from {table} as {model} where not coalesce({check}, false)"));
        }

        if (Reconciles is { } own && With is { } other)
        {
            kinds.Add((Demands, $"select own, other from (select {own} as own from {table} as {model}) cross join (select ({other}) as other) where own is distinct from other"));
        }

        if (Sql is { } sql)
        {
            kinds.Add((Demands, sql));
        }

        if (NotNull.Count > 0)
        {
            kinds.Add((
                $"{string.Join(", ", NotNull)} of {model} always {(NotNull.Count == 1 ? "has" : "have")} a value.",
                $"select * from {table} where {string.Join(" or ", NotNull.Select(column => $"{column} is null"))}"));
        }

        if (Accepted.Count > 0)
        {
            kinds.Add((
                string.Join(' ', Accepted.Select(column => $"{column.Key} of {model} is one of {string.Join(", ", column.Value)}.")),
                $"select * from {table} where {string.Join(" or ", Accepted.Select(column => $"{column.Key}::varchar not in ({string.Join(", ", column.Value.Select(SqlText.Literal))})"))}"));
        }

        if (Relationship is { Columns.Count: > 0, To.Length: > 0 } relationship)
        {
            var columns = string.Join(", ", relationship.Columns);
            var known = string.Join(" and ", relationship.Columns.Select(column => $"{column} is not null"));
            kinds.Add((
                $"Every {columns} of {model} is in {relationship.To}.",
                $"select * from {table} anti join {relationship.To} using ({columns}) where {known}"));
        }

        if (Rows is { } bounds && bounds.Demands(model) is { } about)
        {
            kinds.Add((about, bounds.Query(model, table)));
        }

        return kinds.Count == 1
            ? (Demands.Length > 0 ? Demands : kinds[0].Demands, kinds[0].Query)
            : throw new InvalidOperationException(
                $"The test {Name} of the model {model} needs a check, or reconciles and with, or sql, or notNull, or accepted, or relationship with columns and to, or rows with atLeast, atMost or both: one of them.");
    }
}

/// <summary>What a relationship leads to.</summary>
internal sealed class DeclaredRelationship
{
    /// <summary>The columns, of the same names in both tables. A row in which one of them is null points at nothing.</summary>
    public List<string> Columns { get; set; } = [];

    /// <summary>A model or data set.</summary>
    public string To { get; set; } = "";
}

/// <summary>
/// Bounds on a table's number of rows, as multiples of what the published version before has. They hold nothing when there is no such version, or it has no rows:
/// then nothing can be said.
/// </summary>
internal sealed class DeclaredRows
{
    public decimal? AtLeast { get; set; }

    public decimal? AtMost { get; set; }

    /// <summary>What the bounds demand; null when there is none above zero, or they exclude each other.</summary>
    internal string? Demands(string model) => (AtLeast, AtMost) switch
    {
        (null, null) or ( <= 0, _) or (_, <= 0) => null,
        ({ } least, { } most) when least > most => null,
        ({ } least, { } most) => $"{model} has {Text(least)} to {Text(most)} times as many rows as in the version before.",
        ({ } least, null) => $"{model} has at least {Text(least)} times as many rows as in the version before.",
        (null, { } most) => $"{model} has at most {Text(most)} times as many rows as in the version before.",
    };

    /// <summary>A row with both numbers when the bounds are not met.</summary>
    internal string Query(string model, string table)
    {
        List<string> misses = [];
        if (AtLeast is { } least)
        {
            misses.Add($"rows < {Text(least)} * former");
        }

        if (AtMost is { } most)
        {
            misses.Add($"rows > {Text(most)} * former");
        }

        return $"select rows, former from (select count(*) as rows, getvariable('{VariableOf(model)}') as former from {table}) where former > 0 and ({string.Join(" or ", misses)})";
    }

    /// <summary>Statements that tell a connection how many rows the published tables have.</summary>
    internal static string Variables(IEnumerable<(string Table, long Rows)> published) =>
        string.Concat(published.Select(table => $"set variable {VariableOf(table.Table)} = {table.Rows.ToString(CultureInfo.InvariantCulture)}::bigint;"));

    private static string VariableOf(string table) => $"rows_before_{table}";

    private static string Text(decimal bound) => bound.ToString(CultureInfo.InvariantCulture);
}
