namespace Dunnhumby.Hosting.Local.Telemetry.Decoding;

/// <summary>
/// Lets the many equal short texts of telemetry (attribute names, methods, routes) share one string. A fixed table in which a newer text takes the
/// place of an older one; races are harmless, the loser only keeps its own copy.
/// </summary>
internal sealed class TextCache
{
    private const int Slots = 8192;
    private const int LongestText = 80;

    private readonly string?[] _slots = new string?[Slots];

    public string Share(string text)
    {
        if (text.Length is 0 or > LongestText)
        {
            return text;
        }

        ref var slot = ref _slots[(uint)text.GetHashCode(StringComparison.Ordinal) % Slots];
        var known = Volatile.Read(ref slot);
        if (known is not null && string.Equals(known, text, StringComparison.Ordinal))
        {
            return known;
        }

        Volatile.Write(ref slot, text);
        return text;
    }
}
