namespace Dunnhumby.Contracts.Loads;

/// <summary>The states of a load, as stored and as served.</summary>
public static class LoadStates
{
    /// <summary>It is being read; never stored as a load.</summary>
    public const string Running = "running";

    /// <summary>Every accepted row is durable in the lake and part of the next run.</summary>
    public const string Completed = "completed";

    /// <summary>The error budget was exceeded: no row was loaded, the quarantine is kept for reading.</summary>
    public const string Failed = "failed";

    /// <summary>Taken back: its rows are no part of the lake any more, and what they superseded counts again. The history stays.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>All four.</summary>
    public static IReadOnlyList<string> All { get; } = [Running, Completed, Failed, Withdrawn];
}
