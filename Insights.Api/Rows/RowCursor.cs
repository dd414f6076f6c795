using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Dunnhumby.Insights.Api.Rows;

/// <summary>Where a page ended: what its last row has in the columns of the order. Clients see it as an opaque text.</summary>
/// <param name="Values">By <see cref="RowOrder.Members"/>; only the first may be null.</param>
internal sealed record RowCursor(IReadOnlyList<object?> Values)
{
    private const char Separator = '|';
    private const string Null = "~";

    /// <summary>Longer than any: the texts of the files are limited.</summary>
    private const int MaxLength = 4096;

    /// <summary>Values are escaped, so that a text may have the separator in it.</summary>
    internal string Encode(RowOrder order) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Join(Separator, Values.Select(value => value is null ? Null : $"'{Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}").Prepend(order.Name))));

    /// <summary>False when the text is not a cursor of the order.</summary>
    internal static bool TryDecode(string text, RowOrder order, [NotNullWhen(true)] out RowCursor? cursor)
    {
        cursor = null;
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
        if (parts.Length != order.Members.Count + 1 || !string.Equals(parts[0], order.Name, StringComparison.Ordinal))
        {
            return false;
        }

        List<object?> values = [];
        foreach (var (member, part) in order.Members.Zip(parts.Skip(1)))
        {
            if (part is Null ? !member.IsNullable : part is not ['\'', ..] || !TryParse(part[1..], member, out _))
            {
                return false;
            }

            values.Add(part is not Null && TryParse(part[1..], member, out var value) ? value : null);
        }

        cursor = new RowCursor(values);
        return true;
    }

    private static bool TryParse(string text, RowMember member, [NotNullWhen(true)] out object? value)
    {
        value = null;
        if (member.Type == typeof(string))
        {
            // Postgres has no NUL in its texts.
            var unescaped = Uri.UnescapeDataString(text);
            value = unescaped.Contains('\0', StringComparison.Ordinal) ? null : unescaped;
        }
        else if (member.Type == typeof(int))
        {
            value = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        else if (member.Type == typeof(long))
        {
            value = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        else if (member.Type == typeof(decimal))
        {
            value = decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        return value is not null;
    }
}
