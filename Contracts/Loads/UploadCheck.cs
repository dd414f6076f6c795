namespace Dunnhumby.Contracts.Loads;

/// <summary>What an upload with <c>?dryRun=true</c> would have led to. Nothing was loaded and nothing was kept.</summary>
/// <param name="Outcome">One of <see cref="UploadOutcomes"/>.</param>
/// <param name="Load">The load as it would have been: its id is 0, or that of the load that holds the same content.</param>
/// <param name="QuarantinedByReason">How many rows each reason would have set aside, the most frequent first.</param>
/// <param name="FirstRows">The first rows that would have been set aside.</param>
public sealed record UploadCheck(string Outcome, Load Load, IReadOnlyList<ReasonCount> QuarantinedByReason, IReadOnlyList<QuarantinedRow> FirstRows);
