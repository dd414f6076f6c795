using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.SampleData.Files;

/// <summary>The bad rows that each file can have. Every one is a spoilt copy of the good row before it, so the good rows stay as they are.</summary>
internal static class DefectKinds
{
    private const int TooLong = 201;

    /// <summary>The kinds that fit a file; <paramref name="columns"/> is its header.</summary>
    internal static IReadOnlyList<DefectKind> Of(string dataset, string[] columns) =>
        [.. Structure(columns), .. Numbers(columns, NumberColumn(dataset)), .. Special(dataset, columns)];

    private static IEnumerable<DefectKind> Structure(string[] columns)
    {
        var header = string.Join(',', columns);
        yield return new("short_row", "short_row", null, fields => string.Join(',', fields[..^1]));
        yield return new("long_row", "long_row", null, fields => string.Join(',', fields) + ",extra");
        yield return new("trailing_separator", "long_row", null, fields => string.Join(',', fields) + ",");
        yield return new("text_after_quote", "text_after_quote", columns[0], fields => Replace(fields, 0, $"\"{fields[0]}\"x"));
        yield return new("stray_quote", "stray_quote", columns[0], fields => Replace(fields, 0, fields[0] + "\"1"));
        yield return new("whitespace_line", "whitespace_line", null, _ => "   ");
        yield return new("repeated_header", "repeated_header", null, _ => header);
        yield return new("invalid_utf8", "invalid_utf8", null, fields => Replace(fields, fields.Length - 1, "\u00C3\u0028"));
        yield return new("nul_byte", "nul_byte", null, fields => Replace(fields, fields.Length - 1, "\0"));
    }

    private static IEnumerable<DefectKind> Numbers(string[] columns, string column)
    {
        yield return Field("integer_overflow", "number_too_large", columns, column, "99999999999999999999");
        yield return Field("exponent", "not_a_number", columns, column, "1e5");
        yield return Field("grouped_digits", "not_a_number", columns, column, "\"1,000\"");
        yield return Field("hexadecimal", "not_a_number", columns, column, "0x1F");

        // The Arabic digits 1 and 2, as the bytes of their UTF-8.
        yield return Field("foreign_digits", "not_a_number", columns, column, "\u00D9\u00A1\u00D9\u00A2");
        yield return Field("not_a_number", "not_a_number", columns, column, "NaN");
        yield return Field("infinity", "not_a_number", columns, column, "Infinity");
        yield return Field("null_word", "not_a_number", columns, column, "NULL");
        yield return Field("na_word", "not_a_number", columns, column, "N/A");
        yield return Field("empty_key", "missing_value", columns, column, "");
    }

    private static IEnumerable<DefectKind> Special(string dataset, string[] columns) => dataset switch
    {
        DatasetNames.Transactions =>
        [
            Field("day_zero", "out_of_range", columns, "DAY", "0"),
            Field("day_too_late", "out_of_range", columns, "DAY", "712"),
            Field("week_too_late", "out_of_range", columns, "WEEK_NO", "103"),
            Field("hour_24", "out_of_range", columns, "TRANS_TIME", "2400"),
            Field("minute_60", "invalid_time", columns, "TRANS_TIME", "1260"),
            Field("three_decimals", "too_many_decimals", columns, "SALES_VALUE", "1.234"),
            Field("money_not_a_number", "not_a_number", columns, "SALES_VALUE", "NaN"),
            Field("negative_quantity", "out_of_range", columns, "QUANTITY", "-1"),
            Field("negative_sales", "out_of_range", columns, "SALES_VALUE", "-1.5"),
            Field("positive_coupon_discount", "out_of_range", columns, "COUPON_DISC", "0.5"),
            Field("positive_coupon_match", "out_of_range", columns, "COUPON_MATCH_DISC", "0.5"),
        ],
        DatasetNames.Products =>
        [
            Field("unknown_code", "unknown_code", columns, "BRAND", "Generic"),
            Field("over_long_text", "text_too_long", columns, "SUB_COMMODITY_DESC", new string('X', TooLong)),
            Field("duplicate_key", "duplicate_key", columns, "DEPARTMENT", "ELSEWHERE") with { Column = "PRODUCT_ID" },
        ],
        DatasetNames.Demographics =>
        [
            Field("unknown_code", "unknown_code", columns, "MARITAL_STATUS_CODE", "X"),
            Field("over_long_text", "text_too_long", columns, "HH_COMP_DESC", new string('X', TooLong)),
            Field("duplicate_key", "duplicate_key", columns, "INCOME_DESC", "Plenty") with { Column = "household_key" },
        ],
        DatasetNames.Campaigns =>
        [
            Field("unknown_code", "unknown_code", columns, "DESCRIPTION", "TypeD"),
            Field("day_zero", "out_of_range", columns, "START_DAY", "0"),
            Field("duplicate_key", "duplicate_key", columns, "END_DAY", "9998") with { Column = "CAMPAIGN" },
        ],
        DatasetNames.CampaignHouseholds => [Field("unknown_code", "unknown_code", columns, "DESCRIPTION", "TypeD")],
        DatasetNames.CouponRedemptions =>
        [
            Field("day_zero", "out_of_range", columns, "DAY", "0"),
            Field("day_too_late", "out_of_range", columns, "DAY", "712"),
        ],
        DatasetNames.Causal =>
        [
            Field("unknown_display", "unknown_code", columns, "display", "Q"),
            Field("unknown_mailer", "unknown_code", columns, "mailer", "Q"),
            Field("week_too_late", "out_of_range", columns, "WEEK_NO", "103"),
            new("duplicate_key", "duplicate_key", null, fields => Replace(fields, Array.IndexOf(columns, "display"), fields[^2] is "8" ? "7" : "8")),
        ],
        _ => [],
    };

    /// <summary>A key column, which every file has.</summary>
    private static string NumberColumn(string dataset) => dataset switch
    {
        DatasetNames.Transactions or DatasetNames.Products or DatasetNames.Causal or DatasetNames.Coupons => "PRODUCT_ID",
        DatasetNames.Campaigns => "CAMPAIGN",
        _ => "household_key",
    };

    private static DefectKind Field(string name, string reason, string[] columns, string column, string text)
    {
        var index = Array.IndexOf(columns, column);
        return new DefectKind(name, reason, column, fields => Replace(fields, index, text));
    }

    private static string Replace(string[] fields, int index, string text)
    {
        var copy = (string[])fields.Clone();
        copy[index] = text;
        return string.Join(',', copy);
    }
}

/// <summary>A way of being wrong.</summary>
/// <param name="Name">Name in the truth file.</param>
/// <param name="Reason">The reason code that ingestion must give.</param>
/// <param name="Column">The column at fault; null when it is the whole row.</param>
/// <param name="Spoil">Makes a bad row of the fields of a good one; characters stand for bytes (Latin-1).</param>
internal sealed record DefectKind(string Name, string Reason, string? Column, Func<string[], string> Spoil);
