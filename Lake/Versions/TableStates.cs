namespace Dunnhumby.Lake.Versions;

/// <summary>How a table of a version came to be.</summary>
public static class TableStates
{
    /// <summary>Computed from the version's loads.</summary>
    public const string Fresh = "fresh";

    /// <summary>It failed: the version has the last good one.</summary>
    public const string Stale = "stale";

    /// <summary>It failed, and there never was a good one: the version is without it.</summary>
    public const string Absent = "absent";
}
