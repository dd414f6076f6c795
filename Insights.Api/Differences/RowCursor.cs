using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.Insights.Api.Reference;
using Npgsql;

namespace Dunnhumby.Insights.Api.Differences;

/// <summary>Where a page of rows ended: the values of its last key.</summary>
internal sealed record RowCursor(IReadOnlyList<object> Values)
{
    internal static RowCursor Of(IReadOnlyList<KeyColumn> key, RowDifference row) => new([.. key.Select(column => (object)row.Key[column.Name])]);

    /// <summary>Reads what a client gives; null when it is no key of such a table.</summary>
    internal static RowCursor? Decode(string text, IReadOnlyList<KeyColumn> key)
    {
        try
        {
            var texts = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), InsightsJson.Default.StringArray);
            if (texts?.Length != key.Count)
            {
                return null;
            }

            object?[] values = [.. key.Zip(texts, (column, value) => Value(column, value))];
            return values.Contains(null) ? null : new RowCursor([.. values.OfType<object>()]);
        }
        catch (Exception unusable) when (unusable is FormatException or JsonException)
        {
            return null;
        }
    }

    internal string Encode() =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes([.. Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")], InsightsJson.Default.StringArray));

    /// <summary>That a row's key follows; its parameters are added.</summary>
    internal string Condition(IReadOnlyList<KeyColumn> key, NpgsqlParameterCollection parameters)
    {
        var first = parameters.Count + 1;
        foreach (var value in Values)
        {
            parameters.Add(new NpgsqlParameter { Value = value });
        }

        return $"({string.Join(", ", key.Select(column => TablePair.Quoted(column.Name)))}) > ({string.Join(", ", key.Select((_, index) => $"${first + index}"))})";
    }

    /// <summary>Null when the text is no value of the column.</summary>
    private static object? Value(KeyColumn column, string? text) => column.Type switch
    {
        "integer" => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        "bigint" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => text is not null && !text.Contains('\0', StringComparison.Ordinal) ? text : null,
    };
}
