using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>Puts the parts of a file together. All of them must be whole: the protocol lets a server ask for that.</summary>
internal static class FinalUploads
{
    internal static async Task<IResult> CreateAsync(
        Concatenation concatenation,
        UploadMetadata metadata,
        string? dataset,
        HttpContext context,
        UploadStore store,
        UploadQueue queue,
        IngestionOptions options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (UploadRequests.HasBody(context.Request))
        {
            return TusProblems.FinalTakesNoBytes;
        }

        // Asked again after its answer was lost; the parts may be loaded and gone by now.
        if (await store.FindJoinedAsync(context.User.KeyFingerprint(), concatenation.Parts, metadata, cancellationToken) is { } earlier)
        {
            return Created(context, earlier, queue);
        }

        List<StoredUpload> parts = [];
        foreach (var id in concatenation.Parts)
        {
            var (part, problem) = await UploadRequests.FindAsync(id, context, store, time, cancellationToken);
            problem ??= part is null ? TusProblems.Unknown
                : !part.Info.IsPart ? TusProblems.NoPart(id)
                : !part.IsWhole ? TusProblems.UnfinishedPart(id, part.Offset, part.Info.Length)
                : null;
            if (part is null || problem is not null)
            {
                return problem ?? TusProblems.Unknown;
            }

            parts.Add(part);
        }

        var length = parts.Sum(part => part.Info.Length);
        if (length > options.MaxRequestBytes)
        {
            return ResumableEndpoints.TooLarge(context.Response, options);
        }

        if (UploadRequests.LengthOf(context.Request) is { } announced && announced != length)
        {
            return TusProblems.OtherLength(announced, length);
        }

        if (await store.QuotaFaultAsync(context.User.KeyFingerprint(), length: 0, cancellationToken) is { } exceeded)
        {
            return UploadProblems.Of(exceeded);
        }

        var concat = context.Request.Headers[TusHeaders.Concat].ToString();
        return await store.JoinAsync(context.User.KeyFingerprint(), context.User.Actor(), parts, metadata, dataset, concat, cancellationToken) is { } upload
            ? Created(context, upload, queue)
            : TusProblems.Busy;
    }

    private static StatusCodeHttpResult Created(HttpContext context, StoredUpload upload, UploadQueue queue)
    {
        context.Response.Headers.Location = $"/uploads/{upload.Info.Id}";
        UploadRequests.Progressed(context.Response, upload, queue);
        return TypedResults.StatusCode(StatusCodes.Status201Created);
    }
}

/// <summary>
/// The header <c>Upload-Concat</c>: a file may come in parts that are sent at the same time, each an upload of its own, and a final upload puts them together.
/// </summary>
/// <param name="Parts">The ids of the parts that a final upload puts together; empty for a part.</param>
internal sealed record Concatenation(IReadOnlyList<string> Parts)
{
    /// <summary>What the header of a part says.</summary>
    internal const string Partial = "partial";

    private const string Final = "final;";
    private const string Uploads = "uploads";

    internal bool IsFinal => Parts.Count > 0;

    /// <summary>Reads <c>partial</c>, or <c>final;</c> and the addresses of the parts with blanks between, absolute or not; null when it is neither.</summary>
    internal static Concatenation? Parse(string header)
    {
        if (string.Equals(header, Partial, StringComparison.Ordinal))
        {
            return new Concatenation([]);
        }

        if (!header.StartsWith(Final, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = header[Final.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IdOf).ToList();
        return parts.Count > 0 && !parts.Contains(null) ? new Concatenation([.. parts.OfType<string>()]) : null;
    }

    /// <summary>The last part of an upload's address, whatever a proxy made of what stands before it.</summary>
    private static string? IdOf(string address) => address.Split('/') is [.., Uploads, { Length: > 0 } id] ? id : null;
}
