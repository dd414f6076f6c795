using System.Text.Json;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Content;
using Dunnhumby.Ingestion.Service.Protection;
using Dunnhumby.Ingestion.Service.Uploads;
using Dunnhumby.Lake.Tables;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Ingestion.Service.Intake;

/// <summary>Takes a file that lies on disk through the same pipeline as a direct upload, and reports what a direct upload would have been answered.</summary>
internal sealed partial class FileIntake(UploadPipeline pipeline, ILogger<FileIntake> logger)
{
    /// <summary>Loads the file. An outage (no database, no disk space) is an exception: the file can be tried again.</summary>
    internal async Task<IntakeReport> LoadAsync(IntakeFile file, Stream content, CancellationToken cancellationToken)
    {
        if (file.Dataset is null || LakeTables.Find(file.Dataset) is not { } table)
        {
            return Refused(UnknownDataset(file.Dataset));
        }

        var upload = new Upload(table, content, file.Length, new ContentDigests(Content: null, file.Sha256), file.Budget) { FileName = file.Name };
        try
        {
            return Report(await pipeline.RunAsync(upload, cancellationToken));
        }
        catch (Exception bug) when (bug is not OperationCanceledException && !OutageHandler.IsOutage(bug))
        {
            // Nobody waits for an answer who could see a 500, and trying again would end the same way, for ever.
            Log.Failed(logger, table.Name, bug);
            return Refused(new Rejection("internal-error", "Something went wrong on our side", "Nothing was loaded. The service's log has the error.")
            {
                Status = StatusCodes.Status500InternalServerError,
            });
        }
    }

    private static IntakeReport Report(UploadOutcome outcome) => outcome switch
    {
        UploadOutcome.Created created => Completed(new UploadedLoad(IsNew: true, created.Load)),
        UploadOutcome.Known known => Completed(new UploadedLoad(IsNew: false, known.Load)),
        UploadOutcome.OverBudget failed => Refused(UploadProblems.OverBudget(failed.Load).ProblemDetails),
        UploadOutcome.Refused refused => Refused(refused.Rejection),
        var other => throw new InvalidOperationException($"Unknown outcome {other}."),
    };

    internal static IntakeReport Refused(Rejection rejection) => Refused(UploadProblems.Of(rejection).ProblemDetails);

    /// <summary>Why a file is not taken that is of none of the eight data sets.</summary>
    internal static Rejection UnknownDataset(string? dataset) => new(
        "unknown-dataset",
        "There is no such data set",
        $"{(dataset is null ? "The file's name does not say which data set it is" : $"'{dataset}' is none")}. Use one of {string.Join(", ", DatasetNames.All)}.");

    private static IntakeReport Completed(params UploadedLoad[] loads) => new(UploadStates.Completed, loads, Problem: null);

    private static IntakeReport Refused(ProblemDetails problem) =>
        new(UploadStates.Refused, [], JsonSerializer.SerializeToElement(problem, JsonSerializerOptions.Web));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A file of {Dataset} could not be loaded")]
        public static partial void Failed(ILogger logger, string dataset, Exception bug);
    }
}
