using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>Why something that was sent is refused: nothing of it is loaded.</summary>
/// <param name="Code">The end of the problem's type URI, for example <c>missing-column</c>.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Detail">What is wrong here and what to do.</param>
internal sealed record Rejection(string Code, string Title, string Detail)
{
    /// <summary>Whose turn it is; a door turns it into its own words, such as an HTTP status.</summary>
    internal RejectionKind Kind { get; init; }

    /// <summary>1-based line at fault; null when no line is.</summary>
    internal long? Line { get; init; }

    /// <summary>0-based offset in the decompressed bytes of the row at fault; null when none is.</summary>
    internal long? ByteOffset { get; init; }

    internal static Rejection BodyTooLarge(long limit) => new(
        "body-too-large",
        "The body is too large",
        $"At most {limit} bytes are taken at once. Compress the file with gzip or zstd, or send it in parts.")
    { Kind = RejectionKind.TooLarge };

    internal static Rejection UnknownEncoding(string what) => new(
        "unknown-encoding",
        "The text's encoding is not known",
        what + " Save it as UTF-8, or as UTF-16 with a byte-order mark.");
}

/// <summary>What has to change before the same thing can be taken.</summary>
internal enum RejectionKind
{
    /// <summary>The content is at fault.</summary>
    Content,

    /// <summary>There is more of it than is taken at once.</summary>
    TooLarge,

    /// <summary>It comes in a form that is not taken.</summary>
    Unsupported,

    /// <summary>What is asked for is not understood.</summary>
    Malformed,

    /// <summary>It names something that does not exist.</summary>
    Unknown,

    /// <summary>What is there already stands against it.</summary>
    Conflict,

    /// <summary>The sender has too much under way.</summary>
    TooMuch,

    /// <summary>There is no room left.</summary>
    NoRoom,

    /// <summary>The fault is ours.</summary>
    Ours,
}

/// <summary>What was made of something sent, or why that is refused: the two ends that are expected.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Result<T>
    where T : class
{
    private readonly T? _value;
    private readonly Rejection? _rejection;

    private Result(T? value, Rejection? rejection) => (_value, _rejection) = (value, rejection);

    public static implicit operator Result<T>(T value) => new(value, rejection: null);

    public static implicit operator Result<T>(Rejection rejection) => new(value: null, rejection);

    /// <summary>Tells the two ends apart.</summary>
    internal bool IsRefused([NotNullWhen(true)] out Rejection? rejection, [NotNullWhen(false)] out T? value)
    {
        (rejection, value) = (_rejection, _value);
        if (rejection is null && value is null)
        {
            throw new InvalidOperationException("A result is made of a value or a rejection.");
        }

        return rejection is not null;
    }
}

/// <summary>
/// Ends the reading of a stream that is refused: under a decompressor it has no other way to say so. The code that reads such a stream to its end catches it and returns
/// the rejection; it never leaves this room.
/// </summary>
internal sealed class RejectedContentException(Rejection rejection, Exception? cause = null) : Exception(rejection.Detail, cause)
{
    internal Rejection Rejection { get; } = rejection;
}
