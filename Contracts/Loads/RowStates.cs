namespace Dunnhumby.Contracts.Loads;

/// <summary>What became of a row that was set aside.</summary>
public static class RowStates
{
    /// <summary>It is still set aside.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>It was loaded by a replay, mended or as it was.</summary>
    public const string Mended = "mended";

    /// <summary>It was given up.</summary>
    public const string Dropped = "dropped";

    public static IReadOnlyList<string> All { get; } = [Quarantined, Mended, Dropped];
}
