using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Dunnhumby.Insights.Api.Forms;
using Dunnhumby.Insights.Api.Reference;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Where a page of a table ended: what its last row has in the columns of the order. Clients see it as an opaque text.</summary>
/// <param name="Values">By the order's columns; only the first may be null.</param>
internal sealed record TableCursor(IReadOnlyList<object?> Values)
{
    /// <summary>Reads what a client gives; null when it is no place in this order of this table.</summary>
    internal static TableCursor? Decode(string text, TableShape table, TableOrder order)
    {
        try
        {
            if (JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), InsightsJson.Default.StringArray) is not [{ } name, { } sort, .. var texts]
                || !string.Equals(name, table.Name, StringComparison.Ordinal)
                || !string.Equals(sort, order.Name, StringComparison.Ordinal)
                || texts.Length != order.Columns.Count)
            {
                return null;
            }

            var values = new object?[texts.Length];
            for (var index = 0; index < texts.Length; index++)
            {
                var column = order.Columns[index];
                values[index] = CellText.Read(column, texts[index]);
                if (values[index] is null && (texts[index] is not null || column.IsKey))
                {
                    return null;
                }
            }

            return new TableCursor(values);
        }
        catch (Exception unusable) when (unusable is FormatException or JsonException)
        {
            return null;
        }
    }

    internal string Encode(TableShape table, TableOrder order)
    {
        string?[] texts = [table.Name, order.Name, .. Values.Select(value => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture))];
        // The serializer's array is of texts that may be null.
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(texts!, InsightsJson.Default.StringArray));
    }
}

/// <summary>Values of cells as clients write them.</summary>
internal static class CellText
{
    /// <summary>Null when the text is no value of the column.</summary>
    internal static object? Read(ShapeColumn column, string? text) => column.Kind switch
    {
        CellKind.Integer when column.IsLong => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        CellKind.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        CellKind.Decimal => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null,
        CellKind.Flag => bool.TryParse(text, out var flag) ? flag : null,
        _ => text is not null && !text.Contains('\0', StringComparison.Ordinal) ? text : null,
    };

    /// <summary>What <see cref="Read"/> takes, in words.</summary>
    internal static string Expected(ShapeColumn column) => column.Kind switch
    {
        CellKind.Integer => "a whole number",
        CellKind.Decimal => "a number such as 12.50",
        CellKind.Flag => "true or false",
        _ => "a text",
    };
}
