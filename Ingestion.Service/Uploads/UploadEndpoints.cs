using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Content;
using Dunnhumby.Ingestion.Service.Tickets;
using Dunnhumby.Lake.Tables;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.Ingestion.Service.Uploads;

/// <summary>The door: one file as the body of one request.</summary>
internal static class UploadEndpoints
{
    private static readonly HashSet<string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "text/csv", "text/plain", "application/csv", "application/octet-stream", "application/gzip", "application/x-gzip", "application/zstd",
    };

    internal static void MapUploads(this IEndpointRouteBuilder routes) => routes
        .MapPost("/loads/{dataset}", UploadAsync)
        .WithTags("Loads")
        .RequireUpload()

        // The limit is ours: the server's own closes the connection, so that many clients never see the answer.
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Loads one file. The file is the request body: CSV, plain or compressed with gzip or zstd.</summary>
    /// <remarks>
    /// 201 with the new load; 200 with the first load when the same content was loaded before; 422 when the file is refused, or when more rows
    /// are faulty than the error budget allows (then the load is kept as failed, for its quarantine).
    /// </remarks>
    /// <param name="dataset">The original file's name without .csv, for example transaction_data.</param>
    /// <param name="maxQuarantined">The error budget of this upload: rows (500) or a share (5%).</param>
    internal static async Task<Results<Created<Load>, Ok<Load>, ProblemHttpResult>> UploadAsync(
        string dataset,
        string? maxQuarantined,
        HttpContext context,
        UploadPipeline pipeline,
        IOptions<IngestionOptions> options,
        CancellationToken cancellationToken)
    {
        if (LakeTables.Find(dataset) is not { } table)
        {
            return Problem(new Rejection("unknown-dataset", "There is no such data set", $"Use one of {string.Join(", ", DatasetNames.All)}.") { Status = StatusCodes.Status404NotFound });
        }

        var request = context.Request;
        if (!string.IsNullOrEmpty(request.ContentType) && !(MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && ContentTypes.Contains(type.MediaType.ToString())))
        {
            return Problem(new Rejection("unsupported-content-type", "The content type is not taken", $"Send the file itself as the body, with one of these content types or none: {string.Join(", ", ContentTypes)}.")
            {
                Status = StatusCodes.Status415UnsupportedMediaType,
            });
        }

        if (request.ContentLength > options.Value.MaxRequestBytes)
        {
            return Problem(Rejection.BodyTooLarge(options.Value.MaxRequestBytes));
        }

        var budget = maxQuarantined is null ? ErrorBudget.Default(options.Value) : ErrorBudget.Parse(maxQuarantined);
        var digests = ContentDigests.Read(request.Headers);
        if (budget is null || digests is null)
        {
            return Problem(budget is null
                ? new Rejection("invalid-budget", "maxQuarantined is not understood", "Give a number of rows such as 500, or a share such as 5%.") { Status = StatusCodes.Status400BadRequest }
                : new Rejection("invalid-digest", "The declared digest is not understood", "Give it as sha-256=:base64:, or leave the header out.") { Status = StatusCodes.Status400BadRequest });
        }

        return await pipeline.RunAsync(new Upload(table, request.Body, request.ContentLength, digests, budget.Value), cancellationToken) switch
        {
            UploadOutcome.Created created => TypedResults.Created($"/loads/{created.Load.Id}", created.Load),
            UploadOutcome.Known known => Located(context, known.Load),
            UploadOutcome.OverBudget failed => LocatedOverBudget(context, failed.Load),
            UploadOutcome.Refused refused => Problem(refused.Rejection),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };
    }

    private static Ok<Load> Located(HttpContext context, Load load)
    {
        context.Response.Headers.Location = $"/loads/{load.Id}";
        return TypedResults.Ok(load);
    }

    /// <summary>The problem of a load that failed because of its quarantined rows.</summary>
    internal static ProblemHttpResult OverBudget(Load load) => TypedResults.Problem(
        type: ProblemTypes.Of("over-error-budget"),
        title: "Too many rows are faulty",
        detail: $"{load.Quarantined} of {load.Read} rows were quarantined, more than the error budget allows: nothing was loaded. Read GET /loads/{load.Id}/quarantine, mend the file and send it again, or allow more with maxQuarantined.",
        statusCode: StatusCodes.Status422UnprocessableEntity,
        extensions: [new("loadId", load.Id), new("load", load)]);

    private static ProblemHttpResult LocatedOverBudget(HttpContext context, Load load)
    {
        context.Response.Headers.Location = $"/loads/{load.Id}";
        return OverBudget(load);
    }

    /// <summary>The problem of a file that is refused.</summary>
    internal static ProblemHttpResult Problem(Rejection rejection)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (rejection.Line is { } line)
        {
            extensions["line"] = line;
        }

        if (rejection.ByteOffset is { } offset)
        {
            extensions["byteOffset"] = offset;
        }

        return TypedResults.Problem(rejection.Detail, statusCode: rejection.Status, title: rejection.Title, type: ProblemTypes.Of(rejection.Code), extensions: extensions);
    }
}
