using System.Text.Json;
using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Loads;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Loading.Batches;

/// <summary>The files of an archive, read to their ends and written aside, to be committed together. Disposing removes whatever was not committed.</summary>
internal sealed class StagedBatch(long id, string? key, string? by, TimeProvider time) : ICommittedWithLoads, IAsyncDisposable
{
    private readonly List<IDisposable> _progress = [];

    internal long Id { get; } = id;

    internal DateTimeOffset ReceivedAt { get; } = time.GetCatalogNow();

    internal string? SentBy { get; } = by;

    /// <summary>When it was committed; null before.</summary>
    internal DateTimeOffset? CompletedAt { get; private set; }

    internal List<StagedBatchFile> Files { get; } = [];

    /// <summary>Those that become loads, in the order of the data sets.</summary>
    internal IReadOnlyList<StagedLoad> Loads => [.. Files.Select(file => file.Staged).OfType<StagedLoad>()];

    /// <summary>What is shown as running until the batch is committed.</summary>
    internal void ShowUntilCommitted(IDisposable progress) => _progress.Add(progress);

    /// <summary>Writes the catalog's row of the batch. A load that turns out to be known only when it is committed makes no difference to it.</summary>
    public async Task<Rejection?> WriteBeforeAsync(LakeCatalog catalog, IReadOnlyDictionary<long, Load> known, CancellationToken cancellationToken)
    {
        CompletedAt = time.GetCatalogNow();
        catalog.Batches.Add(new BatchEntity
        {
            Id = Id,
            State = BatchState.Of([.. Files.Select(file => file.Outcome(file.Staged is not null && known.ContainsKey(file.Staged.Id)))]),
            ReceivedAt = ReceivedAt,
            CompletedAt = CompletedAt.Value,
            KeyFingerprint = key,
            SentBy = SentBy,
        });
        await catalog.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>Writes the catalog's rows of the files.</summary>
    public async Task<Rejection?> WriteAfterAsync(LakeCatalog catalog, IReadOnlyDictionary<long, Load> known, CancellationToken cancellationToken)
    {
        catalog.AddRange(Files.Select((file, position) =>
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
                Problem = file.Problem(earlier is null && file.Staged is { Fails: true } ? file.Staged.Entity.ToContract() : null)?.GetRawText(),
            };
        }));
        await catalog.SaveChangesAsync(cancellationToken);
        return null;
    }

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
        var problem = Rejection is not null ? LoadProblems.Of(Rejection) : failed is not null ? LoadProblems.OverBudget(failed) : null;
        return problem is null ? null : JsonSerializer.SerializeToElement(problem, JsonSerializerOptions.Web);
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
