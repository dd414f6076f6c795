namespace Dunnhumby.Lake.Versions;

/// <summary>Something the run counted that readers should know: a row of <c>insights.version_notices</c>.</summary>
public sealed class VersionNoticeEntity
{
    public required int Version { get; init; }
    public required string Code { get; init; }
    /// <summary>The model or data test that counted it; null in versions from before this was noted.</summary>
    public string? Part { get; init; }

    public required int Ordinal { get; init; }
    public required long Count { get; init; }
    public required string Message { get; init; }
}
