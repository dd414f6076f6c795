using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>
/// Where the rows of a published table are: a table <c>{name}_rows</c> in the schema of the version that copied it whole. Each row says from which version on it
/// counts, and from which on not any more, so that a version that changes a few rows adds and ends those only. What readers see is a view of the rows of
/// their version.
/// </summary>
internal static class RowsTable
{
    /// <summary>The first version that has the row.</summary>
    internal const string From = "from_version";

    /// <summary>The first version that does not have it any more.</summary>
    internal const string To = "to_version";

    private const int Never = int.MaxValue;

    private const string Using = "using ";

    internal static string NameOf(string schema, string table) => $"{schema}.{table}_rows";

    /// <summary>The statement that makes it, empty and without indexes.</summary>
    internal static string Create(Model table, IReadOnlyList<TableColumn> columns, string schema) =>
        $"""
        create table {NameOf(schema, table.Name)} (
            {string.Join(", ", columns.Select(column => $"{column.Name} {column.PostgresType}"))},
            {From} integer not null,
            {To} integer not null default {Never})
        """;

    /// <summary>The statements that give it its key, indexes and statistics when it is filled.</summary>
    internal static string Finish(Model table, string schema)
    {
        var name = NameOf(schema, table.Name);
        return $"""
            alter table {name} add primary key ({string.Join(", ", table.Declaration.Key)}, {From});
            {string.Concat(table.Declaration.Indexes.Select(index => $"create index on {name} {Method(index)};\n"))}
            create index on {name} ({To}) where {To} < {Never};
            analyze {name} ({string.Join(", ", Searched(table))});
            """;
    }

    /// <summary>A list of columns is an index in their order; what begins with <c>using</c> says itself which kind it is of.</summary>
    private static string Method(string index) => index.StartsWith(Using, StringComparison.Ordinal) ? index : $"({index})";

    /// <summary>The columns by which rows are looked for: statistics of the others would take longer than the copying.</summary>
    private static IEnumerable<string> Searched(Model table) =>
        table.Declaration.Indexes.SelectMany(index => index.Split(',')).Select(term => term.Trim().Split(' ')[0])
            .Where(table.Declaration.Columns.ContainsKey)
            .Concat(table.Declaration.Key)
            .Append(From)
            .Append(To)
            .Distinct(StringComparer.Ordinal);

    /// <summary>The statement that shows the rows of a version.</summary>
    /// <param name="schema">Where the view is.</param>
    /// <param name="table">Its name.</param>
    /// <param name="columns">What readers see.</param>
    /// <param name="home">The schema of the rows.</param>
    /// <param name="version">The version whose rows are shown.</param>
    internal static string View(string schema, string table, IEnumerable<string> columns, string home, int version) =>
        $"create view {schema}.{table} as select {string.Join(", ", columns)} from {NameOf(home, table)} where {From} <= {version} and {To} > {version}";

    /// <summary>The statement that ends the rows of keys, which are given as one array per column.</summary>
    internal static string End(Model table, IReadOnlyList<TableColumn> key, string schema, int version)
    {
        var names = key.Select(column => column.Name).ToList();
        return $"""
            update {NameOf(schema, table.Name)} as ended set {To} = {version}
            from unnest({string.Join(", ", names.Select((_, index) => $"${index + 1}"))}) as gone ({string.Join(", ", names)})
            where {string.Join(" and ", names.Select(name => $"ended.{name} = gone.{name}"))} and ended.{To} = {Never}
            """;
    }

    /// <summary>The statement that removes the rows that no version from <paramref name="oldest"/> on has.</summary>
    internal static string Trim(string schema, string table, int oldest) => $"delete from {NameOf(schema, table)} where {To} <= {oldest}";
}
