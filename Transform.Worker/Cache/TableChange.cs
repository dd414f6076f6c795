namespace Dunnhumby.Transform.Worker.Cache;

/// <summary>How a table of the warehouse differs from what the run before left.</summary>
/// <param name="Kind">Whether it does, and whether it is known in which rows.</param>
/// <param name="Removed">The number of rows in the view <see cref="RemovedOf"/>.</param>
/// <param name="Added">The number of rows in the view <see cref="AddedOf"/>.</param>
internal sealed record TableChange(TableChangeKind Kind, long Removed = 0, long Added = 0)
{
    internal static TableChange None { get; } = new(TableChangeKind.None);

    internal static TableChange Unknown { get; } = new(TableChangeKind.Unknown);

    internal bool IsThere => Kind is not TableChangeKind.None;

    /// <summary>The temporary view of the rows that went; there is none without a change.</summary>
    internal static string RemovedOf(string table) => $"removed_{table}";

    /// <summary>The temporary view of the rows that came; there is none without a change.</summary>
    internal static string AddedOf(string table) => $"added_{table}";

    /// <summary>The temporary table of both, each different row once, with the column <c>rows_more</c>: how many more of it there are now.</summary>
    internal static string DifferenceOf(string table) => $"difference_{table}";

    internal static TableChange OfRows(long removed, long added) => removed + added == 0 ? None : new TableChange(TableChangeKind.Rows, removed, added);
}

/// <summary>What is known of a change.</summary>
internal enum TableChangeKind
{
    /// <summary>The rows are the same.</summary>
    None,

    /// <summary>The rows that went and came are known.</summary>
    Rows,

    /// <summary>The table was made anew and not compared.</summary>
    Unknown,
}
