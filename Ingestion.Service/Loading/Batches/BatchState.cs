using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Ingestion.Service.Loading.Batches;

/// <summary>How a batch ends, from how its files end.</summary>
internal static class BatchState
{
    internal static string Of(IReadOnlyCollection<string> outcomes)
    {
        var anyFailed = outcomes.Any(outcome => outcome is UploadOutcomes.Refused or UploadOutcomes.OverBudget);
        var anyLoaded = outcomes.Any(outcome => outcome is UploadOutcomes.Created or UploadOutcomes.Known);
        return (anyFailed, anyLoaded) switch
        {
            (false, _) => BatchStates.Completed,
            (true, true) => BatchStates.Partial,
            _ => BatchStates.Failed,
        };
    }
}
