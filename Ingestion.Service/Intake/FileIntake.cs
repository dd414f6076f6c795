using System.Text.Json;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Content;
using Dunnhumby.Ingestion.Service.Uploads;
using Dunnhumby.Lake.Tables;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Ingestion.Service.Intake;

/// <summary>Takes a file that lies on disk through the same pipeline as a direct upload, and reports what a direct upload would have been answered.</summary>
internal sealed class FileIntake(UploadPipeline pipeline)
{
    /// <summary>Loads the file. An outage (no database, no disk space) is an exception: the file can be tried again.</summary>
    internal async Task<IntakeReport> LoadAsync(IntakeFile file, Stream content, CancellationToken cancellationToken)
    {
        if (file.Dataset is null || LakeTables.Find(file.Dataset) is not { } table)
        {
            return Refused(UnknownDataset(file.Dataset));
        }

        var upload = new Upload(table, content, file.Length, new ContentDigests(Content: null, file.Sha256), file.Budget);
        return await pipeline.RunAsync(upload, cancellationToken) switch
        {
            UploadOutcome.Created created => Completed(new UploadedLoad(IsNew: true, created.Load)),
            UploadOutcome.Known known => Completed(new UploadedLoad(IsNew: false, known.Load)),
            UploadOutcome.OverBudget failed => Refused(UploadEndpoints.OverBudget(failed.Load).ProblemDetails),
            UploadOutcome.Refused refused => Refused(refused.Rejection),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };
    }

    internal static IntakeReport Refused(Rejection rejection) => Refused(UploadEndpoints.Problem(rejection).ProblemDetails);

    /// <summary>Why a file is not taken that is of none of the eight data sets.</summary>
    internal static Rejection UnknownDataset(string? dataset) => new(
        "unknown-dataset",
        "There is no such data set",
        $"{(dataset is null ? "The file's name does not say which data set it is" : $"'{dataset}' is none")}. Use one of {string.Join(", ", DatasetNames.All)}.");

    private static IntakeReport Completed(params UploadedLoad[] loads) => new(UploadStates.Completed, loads, Problem: null);

    private static IntakeReport Refused(ProblemDetails problem) =>
        new(UploadStates.Refused, [], JsonSerializer.SerializeToElement(problem, JsonSerializerOptions.Web));
}
