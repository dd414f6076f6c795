using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Dunnhumby.Insights.Api.Households;

/// <summary>Where a page ended: the last household's value in the order's column, and its key. Clients see it as an opaque text.</summary>
/// <param name="Sort">The order it belongs to; in another one it means nothing.</param>
/// <param name="Value">Of the order's column; the key itself when that is the order.</param>
/// <param name="HouseholdKey">Decides among equal values.</param>
internal sealed record HouseholdCursor(string Sort, decimal Value, int HouseholdKey)
{
    private const char Separator = '|';

    internal string Encode() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Sort}{Separator}{Value}{Separator}{HouseholdKey}")));

    /// <summary>False when the text is not a cursor of the order.</summary>
    internal static bool TryDecode(string text, string sort, [NotNullWhen(true)] out HouseholdCursor? cursor)
    {
        cursor = null;
        if (text.Length > 128 || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
        if (parts is [var order, var value, var key]
            && string.Equals(order, sort, StringComparison.Ordinal)
            && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(key, NumberStyles.Integer, CultureInfo.InvariantCulture, out var household))
        {
            cursor = new HouseholdCursor(order, number, household);
        }

        return cursor is not null;
    }
}
