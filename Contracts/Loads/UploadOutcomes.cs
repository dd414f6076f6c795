namespace Dunnhumby.Contracts.Loads;

/// <summary>How an uploaded file ends, as stored and as served.</summary>
public static class UploadOutcomes
{
    /// <summary>A new load.</summary>
    public const string Created = "created";

    /// <summary>The same content was loaded before: nothing changed.</summary>
    public const string Known = "known";

    /// <summary>More rows were faulty than the error budget allows: nothing was loaded, the quarantine is kept.</summary>
    public const string OverBudget = "over_budget";

    /// <summary>The file cannot be loaded: there is no load.</summary>
    public const string Refused = "refused";

    /// <summary>A file of an archive that is no data set, such as a licence: left alone.</summary>
    public const string Ignored = "ignored";
}
