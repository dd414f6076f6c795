using System.Runtime.InteropServices;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Tables;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>The door: one file as the body of one request.</summary>
internal static class UploadEndpoints
{
    internal static void MapUploads(this IEndpointRouteBuilder routes) => routes
        .MapPost("/loads/{dataset}", UploadAsync)
        .WithName("UploadFile")
        .WithTags("Loads")
        .RequireUpload()

        // The limit is ours: the server's own closes the connection, so that many clients never see the answer.
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        .HeedQuota()
        .TakeIdempotencyKey()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>Loads one file. The file is the request body: CSV, plain or compressed with gzip or zstd, or in a zip archive of its own.</summary>
    /// <remarks>
    /// 201 with the new load; 200 with the first load when the same content was loaded before; 422 when the file is refused, or when more rows
    /// are faulty than the error budget allows (then the load is kept as failed, for its quarantine). With dryRun: 200 with what would have happened, or the
    /// same 422. While it runs, <c>GET /loads?state=running</c> tells its id.
    /// </remarks>
    /// <param name="dataset">The original file's name without .csv, for example transaction_data.</param>
    /// <param name="maxQuarantined">The error budget of this upload: rows (500) or a share (5%).</param>
    /// <param name="dryRun">Validate and report only: nothing is loaded.</param>
    internal static async Task<Results<Created<Load>, Ok<Load>, Ok<UploadCheck>, ProblemHttpResult>> UploadAsync(
        string dataset,
        string? maxQuarantined,
        bool? dryRun,
        HttpContext context,
        UploadPipeline pipeline,
        IOptions<IngestionOptions> options,
        CancellationToken cancellationToken)
    {
        if (LakeTables.Find(dataset) is not { } table)
        {
            return UploadProblems.Of(new Rejection("unknown-dataset", "There is no such data set", $"Use one of {string.Join(", ", DatasetNames.All)}.") { Kind = RejectionKind.Unknown });
        }

        if (UploadRequest.Read(context.Request, maxQuarantined, options.Value, out var request) is { } fault)
        {
            return UploadProblems.Of(fault);
        }

        var upload = new Upload(table, context.Request.Body, context.Request.ContentLength, request.Digests, request.Budget)
        {
            Coding = request.Coding,
            IsDryRun = dryRun ?? false,
            FileName = UploadRequest.FileName(context.Request),
            Key = context.User.KeyFingerprint(),
            By = context.User.Actor(),
        };
        return await pipeline.RunAsync(upload, cancellationToken) switch
        {
            UploadOutcome.Created created => TypedResults.Created($"/loads/{created.Load.Id}", created.Load),
            UploadOutcome.Known known => Located(context, known.Load),
            UploadOutcome.OverBudget failed => OverBudget(context, failed.Load),
            UploadOutcome.Refused refused => UploadProblems.Of(refused.Rejection),
            UploadOutcome.Checked { Check.Outcome: UploadOutcomes.OverBudget } over => UploadProblems.OverBudget(over.Check),
            UploadOutcome.Checked passed => TypedResults.Ok(passed.Check),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };
    }

    private static Ok<Load> Located(HttpContext context, Load load)
    {
        context.Response.Headers.Location = $"/loads/{load.Id}";
        return TypedResults.Ok(load);
    }

    private static ProblemHttpResult OverBudget(HttpContext context, Load load)
    {
        context.Response.Headers.Location = $"/loads/{load.Id}";
        return UploadProblems.OverBudget(load);
    }
}

/// <summary>What the head of an upload request says.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UploadRequest(ContentDigests Digests, ErrorBudget Budget, ContentCoding Coding)
{
    private const string OfCurl = "application/x-www-form-urlencoded";
    private const int ShownCharacters = 100;
    private const int MaxFileName = 255;

    internal static readonly HashSet<string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "text/csv", "text/plain", "application/csv", "application/octet-stream", "application/gzip", "application/x-gzip", "application/zstd",
        "application/x-zstd", "application/zip", "application/x-zip-compressed", "text/comma-separated-values", "text/x-csv", "application/x-csv",

        // The type that browsers on Windows give a CSV file if Excel is installed. A real workbook is recognised by its content.
        "application/vnd.ms-excel",
    };

    /// <summary>The name that <c>Content-Disposition</c> gives the file; null without one.</summary>
    internal static string? FileName(HttpRequest request)
    {
        if (!ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition))
        {
            return null;
        }

        var given = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        var name = EntryNames.NameOf(given.ToString()).Replace("\0", "", StringComparison.Ordinal);
        return name.Length == 0 ? null : name[..Math.Min(name.Length, MaxFileName)];
    }

    /// <summary>What is wrong with the request before its body is read, if anything.</summary>
    internal static Rejection? Read(HttpRequest request, string? maxQuarantined, IngestionOptions options, out UploadRequest read)
    {
        read = default;
        if (!string.IsNullOrEmpty(request.ContentType) && !(MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && ContentTypes.Contains(type.MediaType.ToString())))
        {
            return new Rejection(
                "unsupported-content-type",
                "The content type is not taken",
                $"{Came(request.ContentType)} Send the file itself as the body, with one of these content types or none: {string.Join(", ", ContentTypes)}.")
            {
                Kind = RejectionKind.Unsupported,
            };
        }

        if (ContentCodings.Read(request.Headers.ContentEncoding.ToString()) is not { } coding)
        {
            request.HttpContext.Response.Headers.AcceptEncoding = ContentCodings.Names;
            return new Rejection("unsupported-content-encoding", "The content encoding is not supported", $"Send the body with one of the encodings {ContentCodings.Names}, or with none.")
            {
                Kind = RejectionKind.Unsupported,
            };
        }

        if (request.ContentLength > options.MaxRequestBytes)
        {
            return Rejection.BodyTooLarge(options.MaxRequestBytes);
        }

        var budget = maxQuarantined is null ? ErrorBudget.Default(options) : ErrorBudget.Parse(maxQuarantined);
        var digests = ContentDigests.Read(request.Headers["Content-Digest"].ToString(), request.Headers["Repr-Digest"].ToString());
        if (budget is null || digests is null)
        {
            return budget is null
                ? new Rejection("invalid-budget", "maxQuarantined is not understood", "Give a number of rows such as 500, or a share such as 5%.") { Kind = RejectionKind.Malformed }
                : new Rejection("invalid-digest", "The declared digest is not valid", $"Give it as sha-256=:base64:, of one of the algorithms {ContentDigests.Algorithms}, or leave the header out.") { Kind = RejectionKind.Malformed };
        }

        read = new UploadRequest(digests, budget.Value, coding);
        return null;
    }

    private static string Came(string contentType) => contentType.StartsWith(OfCurl, StringComparison.OrdinalIgnoreCase)
        ? $"{OfCurl} came, which is what curl says by itself: add -H 'Content-Type: text/csv'."
        : $"{(contentType.Length > ShownCharacters ? contentType[..ShownCharacters] + "…" : contentType)} came.";
}
