using Dunnhumby.Ingestion.Service.Content;

namespace Dunnhumby.Ingestion.Service.Uploads;

/// <summary>Compares what came with what was declared of it.</summary>
internal static class DeclaredContent
{
    internal const string LengthMismatch = "length-mismatch";
    internal const string DigestMismatch = "digest-mismatch";

    /// <summary>What does not match, if anything.</summary>
    /// <param name="body">SHA-256 of the body as sent; null when none was declared.</param>
    /// <param name="plain">SHA-256 of the decompressed file; null when there is none.</param>
    internal static Rejection? Fault(long? declared, ContentDigests digests, long bytes, byte[]? body, byte[]? plain)
    {
        if (declared is { } length && length != bytes)
        {
            return new Rejection(LengthMismatch, "The content has not the declared length", $"{length} bytes were declared, {bytes} came: the file was cut off. Send it again.");
        }

        return digests.Any && body is not null && !digests.Match(body, plain ?? body)
            ? new Rejection(DigestMismatch, "The content has not the declared hash", "The SHA-256 of what came is not the one declared: the file was changed or cut off on its way. Send it again.")
            : null;
    }
}
