namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>Compares what came with what was declared of it.</summary>
internal static class DeclaredContent
{
    internal const string LengthMismatch = "length-mismatch";
    internal const string DigestMismatch = "digest-mismatch";

    /// <summary>What does not match, if anything.</summary>
    /// <param name="body">Hashes of the body as sent.</param>
    /// <param name="plain">Hashes of the decompressed file; empty when there is none.</param>
    internal static Rejection? Fault(long? declared, ContentDigests digests, long bytes, ContentHashes body, ContentHashes plain)
    {
        if (declared is { } length && length != bytes)
        {
            return new Rejection(LengthMismatch, "The content has not the declared length", $"{length} bytes were declared, {bytes} came: the file was cut off. Send it again.");
        }

        return digests.Any && !digests.Match(body, plain)
            ? new Rejection(DigestMismatch, "The content has not the declared hash", "The hash of what came is not the one declared: the file was changed or cut off on its way. Send it again.")
            : null;
    }
}
