namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

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
