namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>The header <c>Idempotency-Key</c> of the IETF's draft: a quoted string; many clients send the bare one, which is taken as well.</summary>
internal static class IdempotencyKey
{
    internal const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <summary>False when the header is there and is no key: empty, too long, or with anything but printable ASCII.</summary>
    /// <param name="key">Null when the header is not there.</param>
    internal static bool TryRead(IHeaderDictionary headers, out string? key)
    {
        key = null;
        if (!headers.TryGetValue(Header, out var values))
        {
            return true;
        }

        var text = values.ToString().Trim();
        text = text is ['"', .. var inner, '"'] ? inner : text;
        key = text;
        return text.Length is > 0 and <= MaxLength && text.All(character => character is >= ' ' and <= '~' and not '"');
    }
}
