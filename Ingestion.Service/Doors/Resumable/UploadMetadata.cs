using System.Text;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>What a client says of its file in <c>Upload-Metadata</c>.</summary>
/// <param name="Header">As sent.</param>
/// <param name="FileName">Shown to people and used to recognise the data set; never a path.</param>
/// <param name="Dataset">The data set, when it is said.</param>
/// <param name="MaxQuarantined">The error budget, as in <c>?maxQuarantined=</c>.</param>
/// <param name="Sha256">The SHA-256 of the file in hexadecimal.</param>
internal sealed record UploadMetadata(string Header, string? FileName, string? Dataset, string? MaxQuarantined, string? Sha256)
{
    private const int MaxLength = 4_096;
    private const int MaxFileName = 255;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads pairs of a key and a Base64 value, separated by commas. Null when the header is not that, is too long, or a value holds NUL. Unknown keys are for the client's own
    /// use.
    /// </summary>
    internal static UploadMetadata? Parse(string header)
    {
        if (header.Length > MaxLength)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split(' ');
            if (parts is not ([_] or [_, _]) || Decode(parts.ElementAtOrDefault(1) ?? "") is not { } value || !values.TryAdd(parts[0], value))
            {
                return null;
            }
        }

        var name = values.GetValueOrDefault("filename") ?? values.GetValueOrDefault("name");
        return new UploadMetadata(
            header,
            name is { Length: > MaxFileName } ? name[^MaxFileName..] : name,
            values.GetValueOrDefault("dataset"),
            values.GetValueOrDefault("maxQuarantined"),
            values.GetValueOrDefault("sha256"));
    }

    private static string? Decode(string base64)
    {
        try
        {
            var text = Strict.GetString(Convert.FromBase64String(base64));
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (Exception invalid) when (invalid is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
