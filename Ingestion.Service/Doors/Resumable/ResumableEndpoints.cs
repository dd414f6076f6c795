using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Tables;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>Uploads in several requests, by the tus protocol: a broken connection costs the bytes that were under way, not the file.</summary>
internal static class ResumableEndpoints
{
    private const int Sha256Digits = 64;

    internal static void MapResumableUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup("/uploads").WithTags("Resumable uploads");
        uploads.MapMethods("", [HttpMethods.Options], Describe).AllowAnonymous().ExcludeFromDescription();
        uploads.MapMethods("/{id}", [HttpMethods.Options], (string id, HttpResponse response, IOptions<IngestionOptions> options) => Describe(response, options)).AllowAnonymous().ExcludeFromDescription();
        uploads.MapGet("/{id}", GetAsync).WithName("GetUpload").RequireUpload().ProducesProblem(StatusCodes.Status404NotFound);

        var protocol = uploads.MapGroup("").RequireUpload().AddEndpointFilter(TusExtensions.RequireVersionAsync).WithMetadata(new DisableRequestSizeLimitAttribute());
        protocol.MapPost("", CreateAsync).WithName("CreateUpload").HeedQuota().Produces(StatusCodes.Status201Created);
        protocol.MapMethods("/{id}", [HttpMethods.Head], UploadRequests.HeadAsync).WithName("GetUploadOffset").Produces(StatusCodes.Status200OK);
        protocol.MapPatch("/{id}", UploadRequests.PatchAsync).WithName("AppendToUpload").HeedQuota().Produces(StatusCodes.Status204NoContent);
        protocol.MapDelete("/{id}", UploadRequests.DeleteAsync).WithName("RemoveUpload").Produces(StatusCodes.Status204NoContent);
        protocol.MapPost("/{id}", UploadRequests.OverrideAsync).HeedQuota(UploadRequests.IsOverriddenPatch).ExcludeFromDescription();
    }

    /// <summary>What of the protocol is spoken.</summary>
    internal static NoContent Describe(HttpResponse response, IOptions<IngestionOptions> options)
    {
        response.Headers[TusHeaders.SupportedVersions] = Tus.Version;
        response.Headers[TusHeaders.SupportedExtensions] = Tus.Extensions;
        response.Headers[TusHeaders.ChecksumAlgorithm] = ChunkChecksum.Names;
        response.Headers[TusHeaders.MaxSize] = $"{options.Value.MaxRequestBytes}";
        return TypedResults.NoContent();
    }

    /// <summary>Begins an upload; its address comes in <c>Location</c>.</summary>
    /// <remarks>
    /// <c>Upload-Length</c> is needed. <c>Upload-Metadata</c> should name the file (<c>filename</c>), from which the data set is taken, or the data set itself
    /// (<c>dataset</c>); it may give <c>maxQuarantined</c> and <c>sha256</c>. First bytes may come along. With <c>Upload-Concat: partial</c> it is a part of a file, which
    /// needs no metadata and is never loaded by itself; with <c>final;</c> and the addresses of whole parts these are put together and loaded as one file.
    /// </remarks>
    internal static async Task<IResult> CreateAsync(HttpContext context, UploadStore store, UploadQueue queue, IOptions<IngestionOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        var headers = context.Request.Headers;
        Concatenation? concatenation = null;
        if (headers.TryGetValue(TusHeaders.Concat, out var concat) && (concatenation = Concatenation.Parse(concat.ToString())) is null)
        {
            return TusProblems.InvalidConcatenation;
        }

        if (UploadMetadata.Parse(headers[TusHeaders.Metadata].ToString()) is not { } metadata || !IsUsable(metadata))
        {
            return TusProblems.InvalidMetadata;
        }

        var dataset = metadata.Dataset ?? DatasetFiles.DatasetOf(metadata.FileName ?? "");
        if (concatenation is null or { IsFinal: true } && !IsKnown(dataset, metadata))
        {
            return UploadProblems.Of(FileIntake.UnknownDataset(dataset));
        }

        return concatenation is { IsFinal: true }
            ? await FinalUploads.CreateAsync(concatenation, metadata, dataset, context, store, queue, options.Value, time, cancellationToken)
            : await BeginAsync(metadata, dataset, concatenation is null ? null : Concatenation.Partial, context, store, queue, options.Value, cancellationToken);
    }

    private static async Task<IResult> BeginAsync(
        UploadMetadata metadata, string? dataset, string? concat, HttpContext context, UploadStore store, UploadQueue queue, IngestionOptions options, CancellationToken cancellationToken)
    {
        if (UploadRequests.LengthOf(context.Request) is not { } length)
        {
            return TusProblems.InvalidLength;
        }

        if (length > options.MaxRequestBytes)
        {
            return TooLarge(context.Response, options);
        }

        if (await store.QuotaFaultAsync(context.User.KeyFingerprint(), length, cancellationToken) is { } exceeded)
        {
            return UploadProblems.Of(exceeded);
        }

        var hasBody = UploadRequests.HasBody(context.Request);
        if (hasBody && !UploadRequests.IsChunk(context.Request))
        {
            return TusProblems.UnsupportedContentType;
        }

        var upload = await store.CreateAsync(context.User.KeyFingerprint(), context.User.Actor(), length, metadata, dataset, concat, cancellationToken);
        context.Response.Headers.Location = $"/uploads/{upload.Info.Id}";
        if (!hasBody)
        {
            UploadRequests.Progressed(context.Response, upload, queue);
            return TypedResults.StatusCode(StatusCodes.Status201Created);
        }

        return await UploadRequests.AppendAsync(context, upload, queue, cancellationToken) ?? TypedResults.StatusCode(StatusCodes.Status201Created);
    }

    internal static ProblemHttpResult TooLarge(HttpResponse response, IngestionOptions options)
    {
        response.Headers[TusHeaders.MaxSize] = $"{options.MaxRequestBytes}";
        return UploadProblems.Of(Rejection.BodyTooLarge(options.MaxRequestBytes));
    }

    /// <summary>How far an upload is, and what became of it.</summary>
    /// <remarks>While its rows are being stored the state is <c>processing</c>; then <c>completed</c> with its loads, or <c>refused</c> with the problem.</remarks>
    internal static async Task<Results<Ok<ResumableUpload>, ProblemHttpResult>> GetAsync(string id, HttpContext context, UploadStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var (upload, problem) = await UploadRequests.FindAsync(id, context, store, time, cancellationToken);
        if (upload is null)
        {
            return problem ?? TusProblems.Unknown;
        }

        var state = upload.ToContract();
        if (state.Loads is [var only])
        {
            context.Response.Headers.Location = $"/loads/{only.Load.Id}";
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(state);
    }

    private static bool IsUsable(UploadMetadata metadata) =>
        (metadata.MaxQuarantined is null || ErrorBudget.Parse(metadata.MaxQuarantined) is not null)
        && (metadata.Sha256 is null || (metadata.Sha256.Length == Sha256Digits && metadata.Sha256.All(char.IsAsciiHexDigit)));

    private static bool IsKnown(string? dataset, UploadMetadata metadata) =>
        dataset is null ? DatasetFiles.IsArchive(metadata.FileName ?? "") : LakeTables.Find(dataset) is not null;
}
