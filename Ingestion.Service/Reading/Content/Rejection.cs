namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>Why a whole upload is refused: nothing of it is loaded.</summary>
/// <param name="Code">The end of the problem's type URI, for example <c>missing-column</c>.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Detail">What is wrong here and what to do.</param>
internal sealed record Rejection(string Code, string Title, string Detail)
{
    /// <summary>The HTTP status to answer with.</summary>
    internal int Status { get; init; } = StatusCodes.Status422UnprocessableEntity;

    internal static Rejection BodyTooLarge(long limit) => new(
        "body-too-large",
        "The body is too large",
        $"At most {limit} bytes are taken at once. Compress the file with gzip or zstd, or send it in parts.")
    { Status = StatusCodes.Status413PayloadTooLarge };

    internal static Rejection UnknownEncoding(string what) => new(
        "unknown-encoding",
        "The text's encoding is not known",
        what + " Save it as UTF-8, or as UTF-16 with a byte-order mark.");

    /// <summary>1-based line at fault; null when no line is.</summary>
    internal long? Line { get; init; }

    /// <summary>0-based offset in the decompressed bytes of the row at fault; null when none is.</summary>
    internal long? ByteOffset { get; init; }
}

/// <summary>
/// Ends the reading of a refused upload from whatever depth: a stream under a decompressor has no other way to say so. Caught in one place,
/// where it becomes the answer.
/// </summary>
internal sealed class RejectedContentException(Rejection rejection, Exception? cause = null) : Exception(rejection.Detail, cause)
{
    internal Rejection Rejection { get; } = rejection;
}
