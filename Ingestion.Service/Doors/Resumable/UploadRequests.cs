using System.Globalization;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>The requests to an upload that exists.</summary>
internal static class UploadRequests
{
    private const string Patch = "PATCH";

    /// <summary>Where the upload stands.</summary>
    internal static async Task<IResult> HeadAsync(string id, HttpContext context, UploadStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var (upload, problem) = await FindAsync(id, context, store, time, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        if (upload is null)
        {
            return problem ?? TusProblems.Unknown;
        }

        context.Response.Headers[TusHeaders.Length] = Text(upload.Info.Length);
        if (upload.Info.Metadata.Length > 0)
        {
            context.Response.Headers[TusHeaders.Metadata] = upload.Info.Metadata;
        }

        if (upload.Info.Concat is { } concat)
        {
            context.Response.Headers[TusHeaders.Concat] = concat;
        }

        Describe(context.Response, upload);
        return TypedResults.Ok();
    }

    /// <summary>Adds bytes at the offset that the upload has reached. With the last one, loading begins; <c>GET /uploads/{id}</c> says what became of it.</summary>
    internal static async Task<IResult> PatchAsync(string id, HttpContext context, UploadStore store, UploadQueue queue, TimeProvider time, CancellationToken cancellationToken)
    {
        var (upload, problem) = await FindAsync(id, context, store, time, cancellationToken);
        if (upload is null)
        {
            return problem ?? TusProblems.Unknown;
        }

        if (upload.IsFinal)
        {
            return TusProblems.FinalTakesNoBytes;
        }

        if (!IsChunk(context.Request))
        {
            return TusProblems.UnsupportedContentType;
        }

        return await AppendAsync(context, upload, queue, cancellationToken) ?? TypedResults.NoContent();
    }

    /// <summary>Removes the upload. A load that it led to stays.</summary>
    internal static async Task<IResult> DeleteAsync(string id, HttpContext context, UploadStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var (upload, problem) = await FindAsync(id, context, store, time, cancellationToken);
        if (upload is null)
        {
            return problem ?? TusProblems.Unknown;
        }

        using var held = upload.TryLock();
        if (held is null)
        {
            return TusProblems.Busy;
        }

        upload.Remove();
        return TypedResults.NoContent();
    }

    /// <summary>For clients that can send neither PATCH nor DELETE.</summary>
    internal static Task<IResult> OverrideAsync(string id, HttpContext context, UploadStore store, UploadQueue queue, TimeProvider time, CancellationToken cancellationToken) =>
        OverriddenMethod(context.Request) switch
        {
            Patch => PatchAsync(id, context, store, queue, time, cancellationToken),
            "DELETE" => DeleteAsync(id, context, store, time, cancellationToken),
            "HEAD" => HeadAsync(id, context, store, time, cancellationToken),
            _ => Task.FromResult<IResult>(TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed)),
        };

    /// <summary>Whether a POST stands for a PATCH.</summary>
    internal static bool IsOverriddenPatch(HttpRequest request) => OverriddenMethod(request) is Patch;

    private static string OverriddenMethod(HttpRequest request) => request.Headers[TusHeaders.MethodOverride].ToString().ToUpperInvariant();

    /// <summary>The upload, if there is one that the caller may continue; otherwise why not.</summary>
    internal static async Task<(StoredUpload? Upload, ProblemHttpResult? Problem)> FindAsync(string id, HttpContext context, UploadStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } upload)
        {
            return (null, TusProblems.Unknown);
        }

        if (!string.Equals(upload.Info.Owner, context.User.KeyFingerprint(), StringComparison.Ordinal))
        {
            return (null, TusProblems.OtherOwner);
        }

        return upload.IsExpired(time.GetUtcNow()) ? (null, TusProblems.Expired) : (upload, null);
    }

    /// <summary>The declared length of the whole upload; null when there is none.</summary>
    internal static long? LengthOf(HttpRequest request) =>
        long.TryParse(request.Headers[TusHeaders.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    internal static bool HasBody(HttpRequest request) => request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0;

    /// <summary>Bytes of the protocol's type, as they are: offsets count them, and nothing that a transport made of them.</summary>
    internal static bool IsChunk(HttpRequest request) =>
        ContentCodings.Read(request.Headers.ContentEncoding.ToString()) is ContentCoding.None
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Tus.ContentType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds the body of the request. Null when it went well.</summary>
    internal static async Task<IResult?> AppendAsync(HttpContext context, StoredUpload upload, UploadQueue queue, CancellationToken cancellationToken)
    {
        var headers = context.Request.Headers;
        var isCreation = HttpMethods.IsPost(context.Request.Method) && !headers.ContainsKey(TusHeaders.Offset);
        var offset = 0L;
        if (!isCreation && !long.TryParse(headers[TusHeaders.Offset], NumberStyles.None, CultureInfo.InvariantCulture, out offset))
        {
            return TusProblems.InvalidOffset;
        }

        ChunkChecksum? checksum = null;
        if (headers.TryGetValue(TusHeaders.Checksum, out var declared) && (checksum = ChunkChecksum.Parse(declared.ToString())) is null)
        {
            return TusProblems.InvalidChecksum;
        }

        using var held = upload.TryLock();
        if (held is null)
        {
            return TusProblems.Busy;
        }

        if (offset != upload.Offset)
        {
            return TusProblems.OffsetConflict(upload.Offset);
        }

        if (context.Request.ContentLength > upload.Info.Length - offset)
        {
            return TusProblems.TooMany(upload.Info.Length);
        }

        // Finished uploads have no bytes to add to, and whole ones need none.
        var outcome = upload.IsWhole ? ChunkOutcome.Kept : await ChunkWriter.AppendAsync(upload, context.Request.Body, checksum, cancellationToken);
        switch (outcome)
        {
            case ChunkOutcome.ChecksumMismatch:
                return TusProblems.ChecksumMismatch;
            case ChunkOutcome.TooMany:
                return TusProblems.TooMany(upload.Info.Length);
            default:
                Progressed(context.Response, upload, queue);
                return null;
        }
    }

    /// <summary>Tells where the upload stands, and has it loaded when it is whole.</summary>
    internal static void Progressed(HttpResponse response, StoredUpload upload, UploadQueue queue)
    {
        Describe(response, upload);
        if (upload.WaitsToBeLoaded)
        {
            // When the answer is sent the lock is free; before, the loader would find it taken.
            response.OnCompleted(() =>
            {
                queue.Add(upload.Info.Id);
                return Task.CompletedTask;
            });
        }
    }

    private static void Describe(HttpResponse response, StoredUpload upload)
    {
        response.Headers[TusHeaders.Offset] = Text(upload.Offset);
        response.Headers[TusHeaders.Expires] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        response.Headers.Link = $"</uploads/{upload.Info.Id}>; rel=\"status\"";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
