using System.Collections.Immutable;
using System.Reflection;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>Stable codes of why a row is quarantined.</summary>
internal static class Reasons
{
    /// <summary>Every reason, by name.</summary>
    internal static IReadOnlySet<string> All { get; } = typeof(Reasons)
        .GetFields(BindingFlags.Static | BindingFlags.NonPublic)
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!) // Literals of this class are texts.
        .ToImmutableSortedSet(StringComparer.Ordinal);

    internal const string ShortRow = "short_row";
    internal const string LongRow = "long_row";
    internal const string WhitespaceLine = "whitespace_line";
    internal const string RepeatedHeader = "repeated_header";
    internal const string UnfinishedRow = "unfinished_row";
    internal const string TextAfterQuote = "text_after_quote";
    internal const string StrayQuote = "stray_quote";
    internal const string SwallowedRows = "swallowed_rows";
    internal const string InvalidUtf8 = "invalid_utf8";
    internal const string NulByte = "nul_byte";
    internal const string MissingValue = "missing_value";
    internal const string NotANumber = "not_a_number";
    internal const string NumberTooLarge = "number_too_large";
    internal const string OutOfRange = "out_of_range";
    internal const string TooManyDecimals = "too_many_decimals";
    internal const string InvalidTime = "invalid_time";
    internal const string UnknownCode = "unknown_code";
    internal const string TextTooLong = "text_too_long";
    internal const string DuplicateKey = "duplicate_key";
}
