namespace Dunnhumby.Insights.Api.Differences;

/// <summary>
/// A table in two versions, and the SQL that compares it. Where both show rows of the same place, only rows that came or went between them are read; otherwise all
/// of both.
/// </summary>
/// <param name="Before">Null when the version does not have it.</param>
/// <param name="After">Null when the version does not have it.</param>
internal sealed record TablePair(ComparedTable? Before, ComparedTable? After)
{
    /// <summary>The column of a household's segment.</summary>
    internal const string Segment = "rfm_bin";

    internal string Name => (After ?? Before)!.Name; // One of them is there.

    internal IReadOnlyList<KeyColumn> Key => (After ?? Before)!.Key; // One of them is there.

    internal string[] ColumnsAdded => Before is null || After is null ? [] : [.. After.Columns.Except(Before.Columns, StringComparer.Ordinal)];

    internal string[] ColumnsRemoved => Before is null || After is null ? [] : [.. Before.Columns.Except(After.Columns, StringComparer.Ordinal)];

    /// <summary>Whether both versions say in which segment a household is.</summary>
    internal bool HasSegments => Before?.Columns.Contains(Segment, StringComparer.Ordinal) is true && After?.Columns.Contains(Segment, StringComparer.Ordinal) is true;

    /// <summary>Whether both versions show the same rows of the same place.</summary>
    internal bool IsSame => ShareRows && Before!.RowsVersion == After!.RowsVersion; // Both are there.

    /// <summary>Why rows cannot be told apart; null when they can.</summary>
    internal string? Obstacle => (Before ?? After)!.Key.Count == 0 || Key.Count == 0 ? "The table has no key by which its rows could be compared." // One of them is there.
        : Before is not null && After is not null && !Before.Key.SequenceEqual(After.Key) ? "The table has another key than before, so its rows cannot be compared."
        : null;

    internal string KeyList => string.Join(", ", Key.Select(column => Quoted(column.Name)));

    /// <summary>Common table expressions of the rows that only one of the versions has: <c>before</c> and <c>after</c>. A changed row is in both.</summary>
    /// <param name="condition">What rows have to fulfil besides, in terms of the table's columns.</param>
    internal string Sides(string condition = "true") => $"with old_rows as ({Side(Before, After, condition)}), new_rows as ({Side(After, Before, condition)})";

    /// <summary>Whether a row that both sides have has other values.</summary>
    internal string IsChanged
    {
        get
        {
            var keys = Key.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
            var common = Before is null || After is null ? [] : After.Columns.Intersect(Before.Columns, StringComparer.Ordinal).Where(column => !keys.Contains(column)).Select(Quoted).ToList();
            return common.Count == 0
                ? "false"
                : $"row({string.Join(", ", common.Select(column => $"old_rows.{column}"))}) is distinct from row({string.Join(", ", common.Select(column => $"new_rows.{column}"))})";
        }
    }

    internal static string Quoted(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private bool ShareRows => Before?.Home is { } home && string.Equals(home, After?.Home, StringComparison.Ordinal);

    private string Side(ComparedTable? shown, ComparedTable? other, string condition)
    {
        if (shown is null)
        {
            // The other version's columns, and no row.
            return $"select {List(other!)} from {View(other!)} where false"; // One of them is there.
        }

        if (!ShareRows)
        {
            return $"select {List(shown)} from {View(shown)} where {condition}";
        }

        // The numbers stand in the statement itself, so that the index on ended rows serves it.
        var (own, others) = (shown.RowsVersion, other!.RowsVersion); // Both are there.
        var onlyHere = own < others ? $"from_version <= {own} and to_version > {own} and to_version <= {others}" : $"from_version > {others} and from_version <= {own} and to_version > {own}";
        return $"select {List(shown)} from {Quoted(shown.Home!)}.{Quoted($"{shown.Name}_rows")} where {onlyHere} and {condition}"; // Not null: shared.
    }

    private static string List(ComparedTable table) => string.Join(", ", table.Columns.Select(Quoted));

    private static string View(ComparedTable table) => $"{Quoted(table.Schema)}.{Quoted(table.Name)}";
}
