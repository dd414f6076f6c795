using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>A load that has files.</summary>
internal sealed record ListedLoad(long Id, string Dataset, string State, long? ReplaysLoadId, DateTimeOffset CompletedAt)
{
    internal bool Counts => string.Equals(State, LoadStates.Completed, StringComparison.Ordinal);
}
