namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>What a request with a key meets.</summary>
internal abstract record KeyClaim
{
    /// <summary>The key is ours until the request is answered.</summary>
    internal sealed record Held(Guid Holder) : KeyClaim;

    /// <summary>A request with this key is under way.</summary>
    internal sealed record Busy : KeyClaim;

    /// <summary>The key was used for something else than this request.</summary>
    internal sealed record Reused : KeyClaim;

    /// <summary>The request was answered, if its content is the one with <paramref name="BodySha256"/>.</summary>
    internal sealed record Answered(string BodySha256, StoredAnswer Answer) : KeyClaim;
}
