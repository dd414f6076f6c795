using Dunnhumby.Contracts.Loads;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>Says what a staged file would have led to. The caller throws it away.</summary>
internal sealed class DryRuns(LoadRegister register, IOptions<IngestionOptions> options)
{
    internal async Task<UploadCheck> CheckAsync(StagedLoad staged, CancellationToken cancellationToken)
    {
        var load = staged.Entity?.ToContract() ?? throw new InvalidOperationException("Only a file that was read to its end is checked.");
        var known = await register.FindAsync(load.Dataset, load.Sha256, cancellationToken);
        return new UploadCheck(
            known is not null ? UploadOutcomes.Known : staged.Fails ? UploadOutcomes.OverBudget : UploadOutcomes.Created,
            load with { Id = known?.Id ?? 0 },
            [.. staged.Quarantine.ByReason.Select(reason => new ReasonCount(reason.Key, reason.Value)).OrderByDescending(reason => reason.Rows).ThenBy(reason => reason.Reason, StringComparer.Ordinal)],
            [.. staged.Quarantine.Rows(options.Value.DryRunRows)]);
    }
}
