namespace Dunnhumby.Contracts.Loads;

/// <summary>The states of a batch.</summary>
public static class BatchStates
{
    /// <summary>Its archive is being received or read.</summary>
    public const string Running = "running";

    /// <summary>Every data set in it is loaded, now or before.</summary>
    public const string Completed = "completed";

    /// <summary>Some of its data sets are loaded and some are not.</summary>
    public const string Partial = "partial";

    /// <summary>None of its data sets could be loaded.</summary>
    public const string Failed = "failed";
}
