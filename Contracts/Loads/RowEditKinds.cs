namespace Dunnhumby.Contracts.Loads;

/// <summary>What a <see cref="RowEdit"/> does.</summary>
public static class RowEditKinds
{
    /// <summary>Replaces every <c>from</c> by <c>to</c>, in one field or, without field, in the text of the whole row.</summary>
    public const string Replace = "replace";

    /// <summary>Gives a field the value <c>to</c>.</summary>
    public const string Set = "set";

    /// <summary>Removes white space around a field's text or, without field, around every field's.</summary>
    public const string Trim = "trim";

    /// <summary>Gives the whole row the text <c>to</c>, as CSV in the column order of the file.</summary>
    public const string Row = "row";

    /// <summary>Leaves the row as it is, to be loaded so: for example the second of two rows of a key.</summary>
    public const string Keep = "keep";

    /// <summary>Gives the row up.</summary>
    public const string Drop = "drop";

    public static IReadOnlyList<string> All { get; } = [Replace, Set, Trim, Row, Keep, Drop];
}
