using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>How an upload ended.</summary>
internal abstract record UploadOutcome
{
    /// <summary>A new load.</summary>
    internal sealed record Created(Load Load) : UploadOutcome;

    /// <summary>The same content was loaded before.</summary>
    internal sealed record Known(Load Load) : UploadOutcome;

    /// <summary>More rows were quarantined than the budget allows: nothing was loaded.</summary>
    internal sealed record OverBudget(Load Load) : UploadOutcome;

    /// <summary>The file was refused: there is no load.</summary>
    internal sealed record Refused(Rejection Rejection) : UploadOutcome;

    /// <summary>A dry run: nothing was loaded.</summary>
    internal sealed record Checked(UploadCheck Check) : UploadOutcome;
}
