using System.Text.Json;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.Ingestion.Service.Loading.Batches;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Tables;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Takes a file that lies on disk through the same pipeline as a direct upload, and reports what a direct upload would have been answered.</summary>
internal sealed partial class FileIntake(UploadPipeline pipeline, BatchPipeline batches, ILogger<FileIntake> logger)
{
    /// <summary>Loads the file. An outage (no database, no disk space) is an exception: the file can be tried again.</summary>
    internal async Task<IntakeReport> LoadAsync(IntakeFile file, Stream content, CancellationToken cancellationToken)
    {
        var table = file.Dataset is null ? null : LakeTables.Find(file.Dataset);
        if (table is null && !file.IsArchive)
        {
            return Refused(UnknownDataset(file.Dataset));
        }

        var digests = ContentDigests.OfFile(file.Sha256);
        try
        {
            return table is null
                ? Report(await batches.RunAsync(new ArchiveUpload(content, file.Length, digests, file.Budget) { Key = file.Key, By = file.By }, cancellationToken))
                : Report(await pipeline.RunAsync(new Upload(table, content, file.Length, digests, file.Budget) { FileName = file.Name, Key = file.Key, By = file.By }, cancellationToken));
        }
        catch (Exception bug) when (bug is not OperationCanceledException && !OutageHandler.IsOutage(bug))
        {
            // Nobody waits for an answer who could see a 500, and trying again would end the same way, for ever.
            Log.Failed(logger, file.Dataset ?? "an archive", bug);
            return Refused(new Rejection("internal-error", "Something went wrong on our side", "Nothing was loaded. The service's log has the error.")
            {
                Kind = RejectionKind.Ours,
            });
        }
    }

    private static IntakeReport Report(UploadOutcome outcome) => outcome switch
    {
        UploadOutcome.Created created => Completed(new UploadedLoad(IsNew: true, created.Load)),
        UploadOutcome.Known known => Completed(new UploadedLoad(IsNew: false, known.Load)),
        UploadOutcome.OverBudget failed => Refused(LoadProblems.OverBudget(failed.Load)),
        UploadOutcome.Refused refused => Refused(refused.Rejection),
        var other => throw new InvalidOperationException($"Unknown outcome {other}."),
    };

    /// <summary>A batch that is not loaded whole has a problem, and may have loads all the same.</summary>
    private static IntakeReport Report(BatchOutcome outcome) => outcome switch
    {
        BatchOutcome.Taken { Batch: { State: BatchStates.Completed } batch } => Completed([.. Loads(batch)]) with { Batch = batch },
        BatchOutcome.Taken { Batch: var batch } => Refused(BatchEndpoints.Incomplete(batch).ProblemDetails) with { Loads = [.. Loads(batch)] },
        BatchOutcome.Refused refused => Refused(refused.Rejection),
        var other => throw new InvalidOperationException($"Unknown outcome {other}."),
    };

    private static IEnumerable<UploadedLoad> Loads(Batch batch) =>
        from file in batch.Files
        let load = file.Outcome is UploadOutcomes.Created or UploadOutcomes.Known ? file.Load : null
        where load is not null
        select new UploadedLoad(file.Outcome is UploadOutcomes.Created, load);

    internal static IntakeReport Refused(Rejection rejection) => Refused(LoadProblems.Of(rejection));

    /// <summary>Why a file is not taken that is of none of the eight data sets.</summary>
    internal static Rejection UnknownDataset(string? dataset) => new(
        "unknown-dataset",
        "There is no such data set",
        $"{(dataset is null ? "The file's name says neither a data set nor .zip" : $"'{dataset}' is not a data set")}. Use one of {string.Join(", ", DatasetNames.All)}.");

    private static IntakeReport Completed(params UploadedLoad[] loads) => new(UploadStates.Completed, loads, Problem: null);

    private static IntakeReport Refused(ProblemDetails problem) =>
        new(UploadStates.Refused, [], JsonSerializer.SerializeToElement(problem, JsonSerializerOptions.Web));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A file of {Dataset} could not be loaded")]
        public static partial void Failed(ILogger logger, string dataset, Exception bug);
    }
}

/// <summary>A whole file that lies somewhere the service can read it again.</summary>
/// <param name="Name">As its sender calls it.</param>
/// <param name="Dataset">What it is of; null for an archive of several.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">The declared hash of the file, as it is or decompressed; null when none was.</param>
/// <param name="Budget">How many rows may be quarantined.</param>
internal sealed record IntakeFile(string? Name, string? Dataset, long Length, byte[]? Sha256, ErrorBudget Budget)
{
    /// <summary>The fingerprint of the key that sent it; null for a file of the watched folder.</summary>
    internal string? Key { get; init; }

    /// <summary>Who sent it, as it is recorded.</summary>
    internal string? By { get; init; }

    /// <summary>Whether its name is that of an archive, and nothing says that it is a single data set.</summary>
    internal bool IsArchive => Dataset is null && DatasetFiles.IsArchive(Name ?? "");
}

/// <summary>What became of a file.</summary>
/// <param name="State"><see cref="UploadStates.Completed"/> or <see cref="UploadStates.Refused"/>.</param>
/// <param name="Loads">The loads it led to.</param>
/// <param name="Problem">Why it was refused, as problem details.</param>
/// <param name="Batch">What became of each file of an archive that was loaded.</param>
internal sealed record IntakeReport(string State, IReadOnlyList<UploadedLoad> Loads, JsonElement? Problem, Batch? Batch = null);
