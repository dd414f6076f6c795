using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Loading.Batches;

/// <summary>How a batch ended.</summary>
internal abstract record BatchOutcome
{
    /// <summary>Its files were read: each has its own outcome.</summary>
    internal sealed record Ended(Batch Batch) : BatchOutcome;

    /// <summary>The archive was refused whole: nothing was loaded, there is no batch.</summary>
    internal sealed record Refused(Rejection Rejection) : BatchOutcome;
}
