using Dunnhumby.Transform.Worker.Computing;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>What a run leaves behind when it, or some of its tables, failed.</summary>
/// <param name="Reason">In words for an analyst.</param>
/// <param name="EngineText">What the engine, the database or a test said.</param>
/// <param name="Tables">The published tables that failed; none when the run failed as a whole.</param>
/// <param name="SuspectedLoads">Null for all loads that the published version does not have.</param>
/// <param name="IsLasting">Trying again is in vain.</param>
internal sealed record RunFailure(string Reason, string EngineText, string[] Tables, long[]? SuspectedLoads, bool IsLasting)
{
    private const string NothingPublished = "Nothing was published; the figures are those of the version before.";

    internal static RunFailure Abandoned(long workers) => new(
        $"The run was begun {workers} times and its worker stopped each time, perhaps for want of memory. {NothingPublished}",
        $"Abandoned by {workers} workers in turn.",
        [],
        SuspectedLoads: null,
        IsLasting: true);

    internal static RunFailure Of(Exception failure) => new(
        $"{(failure is NpgsqlException ? "The database did not take the new version." : "The run ended with an error.")} {NothingPublished}",
        failure.Message,
        [],
        SuspectedLoads: null,
        IsLasting: false);

    /// <summary>Of tables that failed, each with the loads that are suspected.</summary>
    internal static RunFailure Of(IReadOnlyCollection<(string Table, ModelFailure Failure, long[] SuspectedLoads)> tables) => new(
        string.Join(' ', tables.Select(table => table.Failure.Reason).Distinct(StringComparer.Ordinal)),
        string.Join('\n', tables.Select(table => table.Failure.EngineText).Distinct(StringComparer.Ordinal)),
        [.. tables.Select(table => table.Table)],
        [.. tables.SelectMany(table => table.SuspectedLoads).Distinct().Order()],
        tables.All(table => table.Failure.IsLasting));
}
