using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Loading.Batches;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>The door for all eight at once.</summary>
internal static class BatchEndpoints
{
    internal static void MapBatches(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/loads", UploadAsync)
            .WithName("UploadArchive")
            .WithTags("Loads")
            .RequireUpload()
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .HeedQuota()
            .TakeIdempotencyKey()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapGet("/batches/{id:long}", GetAsync).WithTags("Loads").WithName("GetBatch").RequireUpload().TicketsSeeTheirOwn(static (seen, id, key, cancelled) => seen.IsBatchOfAsync(id, key, cancelled), Unknown).ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>Loads a zip archive with any of the eight files, in any folder, plain or compressed with gzip or zstd. Case is ignored in their names.</summary>
    /// <remarks>
    /// What can be loaded is committed at once and leads to one new version of the insights. 201 with the batch when every data set in it is loaded and at least
    /// one is new; 200 when all were known; 422 with the batch in <c>batch</c> when one or more were refused or over their error budget, of type
    /// <c>batch-partial</c> when others were loaded and <c>batch-failed</c> when none was. An archive that holds a link, an encrypted file, a path that leads out of
    /// it or a data set twice is refused whole. Files that are no data (a licence, a README) are left alone and named.
    /// </remarks>
    /// <param name="maxQuarantined">The error budget of each file: rows (500) or a share (5%).</param>
    /// <param name="dryRun">Validate and report only: the answer is the same, nothing is loaded, and 201 is 200.</param>
    internal static async Task<Results<Created<Batch>, Ok<Batch>, ProblemHttpResult>> UploadAsync(
        string? maxQuarantined,
        bool? dryRun,
        HttpContext context,
        BatchPipeline pipeline,
        IOptions<IngestionOptions> options,
        CancellationToken cancellationToken)
    {
        if (UploadRequest.Read(context.Request, maxQuarantined, options.Value, out var request) is { } fault)
        {
            return UploadProblems.Of(fault);
        }

        var upload = new ArchiveUpload(context.Request.Body, context.Request.ContentLength, request.Digests, request.Budget)
        {
            Coding = request.Coding,
            IsDryRun = dryRun ?? false,
            Key = context.User.KeyFingerprint(),
            By = context.User.Actor(),
        };
        return await pipeline.RunAsync(upload, cancellationToken) switch
        {
            BatchOutcome.Taken ended => Answer(context, ended.Batch),
            BatchOutcome.Refused refused => UploadProblems.Of(refused.Rejection),
            var other => throw new InvalidOperationException($"Unknown outcome {other}."),
        };
    }

    /// <summary>One batch with its files; while it runs, those of its files that are being read or wait to be committed.</summary>
    internal static async Task<Results<Ok<Batch>, ProblemHttpResult>> GetAsync(long id, BatchRegister batches, CancellationToken cancellationToken) =>
        await batches.FindAsync(id, cancellationToken) is { } batch ? TypedResults.Ok(batch) : Unknown(id);

    private static ProblemHttpResult Unknown(long id) => TypedResults.Problem(
        type: ProblemTypes.Of("unknown-batch"),
        title: "There is no such batch",
        detail: $"No batch has the id {id}: it was refused as a whole, or is still being received.",
        statusCode: StatusCodes.Status404NotFound);

    /// <summary>Why a batch is not loaded whole.</summary>
    internal static ProblemHttpResult Incomplete(Batch batch)
    {
        var isPartial = string.Equals(batch.State, BatchStates.Partial, StringComparison.Ordinal);
        var failed = batch.Files.Where(file => file.Outcome is UploadOutcomes.Refused or UploadOutcomes.OverBudget).Select(file => file.Path).ToList();
        var loaded = batch.Files.Count(file => file.Outcome is UploadOutcomes.Created or UploadOutcomes.Known);
        return TypedResults.Problem(
            type: ProblemTypes.Of(isPartial ? "batch-partial" : "batch-failed"),
            title: isPartial ? "A part of the archive was not loaded" : "Nothing of the archive was loaded",
            detail: $"{loaded} of {loaded + failed.Count} data sets are loaded; not loaded: {string.Join(", ", failed)}. Each file's problem is in batch. Mend these files and send them, alone or with the others: what is loaded is known.",
            statusCode: StatusCodes.Status422UnprocessableEntity,
            extensions: [new("batchId", batch.Id), new("batch", batch)]);
    }

    private static Results<Created<Batch>, Ok<Batch>, ProblemHttpResult> Answer(HttpContext context, Batch batch)
    {
        var address = $"/batches/{batch.Id}";
        if (batch.Id > 0)
        {
            context.Response.Headers.Location = address;
        }

        if (!string.Equals(batch.State, BatchStates.Completed, StringComparison.Ordinal))
        {
            return Incomplete(batch);
        }

        return batch.Id > 0 && batch.Files.Any(file => file.Outcome is UploadOutcomes.Created) ? TypedResults.Created(address, batch) : TypedResults.Ok(batch);
    }
}
