namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>
/// Ends the reading of a refused upload from whatever depth: a stream under a decompressor has no other way to say so. Caught in one place,
/// where it becomes the answer.
/// </summary>
internal sealed class RejectedContentException(Rejection rejection, Exception? cause = null) : Exception(rejection.Detail, cause)
{
    internal Rejection Rejection { get; } = rejection;
}
