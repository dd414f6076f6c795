using System.Globalization;
using System.Runtime.InteropServices;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>One file on its way in, whatever brought it: a request, a resumed upload, a folder.</summary>
/// <param name="Table">What it is a file of.</param>
/// <param name="Body">The bytes as sent: CSV, plain or compressed with gzip or zstd, or as the only file of a zip archive.</param>
/// <param name="Length">The declared length of the body; null when it is not known before its end.</param>
/// <param name="Digests">The declared hashes.</param>
/// <param name="Budget">How many rows may be quarantined.</param>
internal sealed record Upload(LakeTable Table, Stream Body, long? Length, ContentDigests Digests, ErrorBudget Budget)
{
    /// <summary>The file's name as its sender calls it, to be shown while it is read; never a path of ours.</summary>
    internal string? FileName { get; init; }

    /// <summary>The fingerprint of the key that sent it; null for a file of the watched folder.</summary>
    internal string? Key { get; init; }

    /// <summary>Who sent it, as it is recorded.</summary>
    internal string? By { get; init; }

    /// <summary>How the body is encoded for its transport, whatever the file in it is.</summary>
    internal ContentCoding Coding { get; init; }

    /// <summary>The batch that the file came with; null when it came alone.</summary>
    internal long? BatchId { get; init; }

    /// <summary>Whether it is a file of an archive already: another archive in it is refused.</summary>
    internal bool IsNested { get; init; }

    /// <summary>Whether to validate and report only.</summary>
    internal bool IsDryRun { get; init; }
}

/// <summary>How many rows of a load may be quarantined before it fails.</summary>
/// <param name="Rows">Tolerated whatever their share.</param>
/// <param name="Percent">Tolerated share of the rows read.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ErrorBudget(long Rows, double Percent)
{
    private const double Whole = 100;

    /// <summary>The budget of the settings.</summary>
    internal static ErrorBudget Default(IngestionOptions options) => new(options.MinQuarantinedRows, options.MaxQuarantinedPercent);

    /// <summary>Reads <c>500</c> (rows) or <c>5%</c>; null when it is neither.</summary>
    internal static ErrorBudget? Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.EndsWith('%'))
        {
            return double.TryParse(trimmed[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= Whole
                ? new ErrorBudget(0, percent)
                : null;
        }

        return long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? new ErrorBudget(rows, 0) : null;
    }

    /// <summary>Whether <paramref name="quarantined"/> of <paramref name="read"/> rows are too many.</summary>
    internal bool IsExceeded(long quarantined, long read) => quarantined > Rows && quarantined > read * Percent / Whole;
}
