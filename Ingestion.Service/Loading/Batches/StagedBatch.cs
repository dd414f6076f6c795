using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Doors;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Catalog;

namespace Dunnhumby.Ingestion.Service.Loading.Batches;

/// <summary>The files of an archive, read to their ends and written aside, to be committed together. Disposing removes whatever was not committed.</summary>
internal sealed class StagedBatch(long id, DateTimeOffset receivedAt, string? key) : IAsyncDisposable
{
    private readonly List<IDisposable> _progress = [];

    internal long Id { get; } = id;

    internal DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>When it was committed; null before.</summary>
    internal DateTimeOffset? CompletedAt { get; private set; }

    internal List<StagedBatchFile> Files { get; } = [];

    /// <summary>Those that become loads, in the order of the data sets.</summary>
    internal IReadOnlyList<StagedLoad> Loads => [.. Files.Select(file => file.Staged).OfType<StagedLoad>()];

    /// <summary>What is shown as running until the batch is committed.</summary>
    internal void ShowUntilCommitted(IDisposable progress) => _progress.Add(progress);

    /// <summary>The catalog's row of the batch. A load that turns out to be known only when it is committed makes no difference to it.</summary>
    /// <param name="known">By the id of each staged load that is known, the load that holds the same content.</param>
    internal BatchEntity Entity(DateTimeOffset completedAt, IReadOnlyDictionary<long, Load> known)
    {
        CompletedAt = completedAt;
        return new BatchEntity
        {
            Id = Id,
            State = BatchState.Of([.. Files.Select(file => file.Outcome(file.Staged is not null && known.ContainsKey(file.Staged.Id)))]),
            ReceivedAt = ReceivedAt,
            CompletedAt = completedAt,
            KeyFingerprint = key,
        };
    }

    /// <summary>The catalog's rows of the files.</summary>
    /// <param name="known">By the id of each staged load that lost to it, the load that holds the same content.</param>
    internal IEnumerable<BatchFileEntity> FileEntities(IReadOnlyDictionary<long, Load> known) => Files.Select((file, position) =>
    {
        var earlier = file.Staged is null ? null : known.GetValueOrDefault(file.Staged.Id);
        return new BatchFileEntity
        {
            BatchId = Id,
            Position = position,
            Path = file.Path,
            Dataset = file.Dataset,
            Outcome = file.Outcome(earlier is not null),
            LoadId = earlier?.Id ?? file.Staged?.Id,
            Problem = file.Problem(earlier is null && file.Staged is { Fails: true } ? file.Staged.Entity?.ToContract() : null)?.GetRawText(),
        };
    });

    public async ValueTask DisposeAsync()
    {
        _progress.ForEach(progress => progress.Dispose());
        foreach (var staged in Loads)
        {
            await staged.DisposeAsync();
        }
    }
}

/// <summary>One file of a batch, read to its end.</summary>
/// <param name="Staged">Its load to be; null when the file was refused or left alone.</param>
/// <param name="Rejection">Why it was refused; null when it was not.</param>
internal sealed record StagedBatchFile(string Path, string? Dataset, StagedLoad? Staged, Rejection? Rejection)
{
    /// <summary>How it ends.</summary>
    /// <param name="isKnown">Another load holds its content.</param>
    internal string Outcome(bool isKnown) => this switch
    {
        { Rejection: not null } => UploadOutcomes.Refused,
        { Staged: null } => UploadOutcomes.Ignored,
        _ when isKnown => UploadOutcomes.Known,
        { Staged.Fails: true } => UploadOutcomes.OverBudget,
        _ => UploadOutcomes.Created,
    };

    /// <summary>Why it is not loaded, as problem details; null when it is.</summary>
    /// <param name="failed">Its load when it is over its budget.</param>
    internal JsonElement? Problem(Load? failed)
    {
        var problem = Rejection is not null ? UploadProblems.Of(Rejection) : failed is not null ? UploadProblems.OverBudget(failed) : null;
        return problem is null ? null : JsonSerializer.SerializeToElement(problem.ProblemDetails, JsonSerializerOptions.Web);
    }
}

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
