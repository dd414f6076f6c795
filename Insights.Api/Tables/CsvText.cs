using System.Buffers;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Text as a field of a CSV file.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>
    /// The field, quoted when it needs to be. Text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises
    /// for CSV injection; numbers are not text and never pass through here.
    /// </summary>
    internal static string Field(string text)
    {
        var harmless = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? '\'' + text : text;
        return harmless.AsSpan().ContainsAny(NeedQuotes) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
