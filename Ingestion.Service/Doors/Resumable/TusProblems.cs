using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>Why a request to a resumable upload is refused.</summary>
internal static class TusProblems
{
    internal static ProblemHttpResult Unknown { get; } = Problem(
        StatusCodes.Status404NotFound, "unknown-upload", "There is no such upload", "It never existed, was removed, or has expired. Begin a new one with POST /uploads.");

    internal static ProblemHttpResult Expired { get; } = Problem(
        StatusCodes.Status410Gone, "expired-upload", "The upload has expired", "No bytes arrived for too long. Begin a new one with POST /uploads.");

    internal static ProblemHttpResult OtherOwner { get; } = Problem(
        StatusCodes.Status403Forbidden, "other-keys-upload", "The upload belongs to another key", "Only the key that began an upload, or a ticket of it, can continue it.");

    internal static ProblemHttpResult Busy { get; } = Problem(
        StatusCodes.Status423Locked, "upload-in-use", "Another request is working on the upload", "Wait until it ends (a broken connection may take ten seconds), ask for the offset with HEAD, and continue from there.");

    internal static ProblemHttpResult UnsupportedVersion { get; } = Problem(
        StatusCodes.Status412PreconditionFailed, "unsupported-tus-version", "The protocol version is not supported", $"Send {TusHeaders.Resumable}: {Tus.Version}.");

    internal static ProblemHttpResult InvalidLength { get; } = Problem(
        StatusCodes.Status400BadRequest, "invalid-upload-length", "The length of the upload is missing", $"Give {TusHeaders.Length}: the bytes of the whole file. A deferred length ({TusHeaders.DeferLength}) is not supported.");

    internal static ProblemHttpResult InvalidMetadata { get; } = Problem(
        StatusCodes.Status400BadRequest,
        "invalid-upload-metadata",
        "The metadata are not valid",
        $"Give {TusHeaders.Metadata} as pairs of a key and a Base64 value, separated by commas. filename, dataset, maxQuarantined (500 or 5%) and sha256 (64 hexadecimal digits) are read.");

    internal static ProblemHttpResult InvalidOffset { get; } = Problem(
        StatusCodes.Status400BadRequest, "invalid-upload-offset", "The offset is missing", $"Give {TusHeaders.Offset}: where the bytes of this request belong.");

    internal static ProblemHttpResult InvalidChecksum { get; } = Problem(
        StatusCodes.Status400BadRequest, "invalid-upload-checksum", "The checksum is not understood", $"Give {TusHeaders.Checksum} as an algorithm ({ChunkChecksum.Names}) and the Base64 of its hash.");

    internal static ProblemHttpResult ChecksumMismatch { get; } = Problem(
        Tus.ChecksumMismatch, "checksum-mismatch", "The bytes are not what was sent", "The checksum of the received bytes is not the declared one; none of them was kept. Send the same bytes again.");

    internal static ProblemHttpResult UnsupportedContentType { get; } = Problem(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-content-type", "The content type is not taken", $"Send the bytes as {Tus.ContentType}, without Content-Encoding: the offset counts them as they are.");

    internal static ProblemHttpResult InvalidConcatenation { get; } = Problem(
        StatusCodes.Status400BadRequest,
        "invalid-upload-concat",
        "The concatenation is not valid",
        $"Give {TusHeaders.Concat} as partial, or as final; with the addresses of the parts, separated by blanks.");

    internal static ProblemHttpResult FinalTakesNoBytes { get; } = Problem(
        StatusCodes.Status403Forbidden, "final-upload", "The upload puts parts together and takes no bytes", "Send bytes to the parts, before they are put together.");

    internal static ProblemHttpResult NoPart(string id) => Problem(
        StatusCodes.Status400BadRequest, "not-a-partial-upload", "Only parts are put together", $"Upload {id} was not begun with {TusHeaders.Concat}: partial.");

    internal static ProblemHttpResult UnfinishedPart(string id, long offset, long length) => Problem(
        StatusCodes.Status409Conflict, "unfinished-part", "A part is not whole yet", $"{offset} of {length} bytes of upload {id} are there. Send the others, then put the parts together.");

    internal static ProblemHttpResult OtherLength(long announced, long length) => Problem(
        StatusCodes.Status400BadRequest, "invalid-upload-length", "The length is not that of the parts", $"{TusHeaders.Length} says {announced}, and the parts have {length} bytes together. Leave it out: it is known from the parts.");

    internal static ProblemHttpResult OffsetConflict(long offset) => Problem(
        StatusCodes.Status409Conflict, "upload-offset-conflict", "The offset does not match the upload's", $"{offset} bytes have arrived: continue from there.");

    internal static ProblemHttpResult TooMany(long length) => Problem(
        StatusCodes.Status413PayloadTooLarge, "upload-too-long", "More bytes arrived than were announced", $"The upload was begun with a length of {length}. Begin a new one with the right length.");

    private static ProblemHttpResult Problem(int status, string code, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: ProblemTypes.Of(code));
}
