namespace Dunnhumby.Lake.Runs;

/// <summary>The states of a transform run.</summary>
public static class RunStates
{
    /// <summary>Asked for; more requests join it until it starts.</summary>
    public const string Pending = "pending";

    /// <summary>A worker holds its lease.</summary>
    public const string Running = "running";

    /// <summary>It published a version.</summary>
    public const string Published = "published";

    /// <summary>
    /// Some tables failed. Its version has the last good ones in their place; without a version it found what the published one says already.
    /// </summary>
    public const string Partial = "partial";

    /// <summary>Inputs, settings and models are those of the published version: there was nothing to do.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>It ended with an error; the published version stays.</summary>
    public const string Failed = "failed";
}
