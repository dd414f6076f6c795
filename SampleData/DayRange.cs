namespace Dunnhumby.SampleData;

/// <summary>Days from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
public sealed record DayRange(int First, int Last)
{
    /// <summary>Reads <c>FROM..TO</c>, or one day; false when the text is neither.</summary>
    public static bool TryParse(string text, out DayRange? range)
    {
        ArgumentNullException.ThrowIfNull(text);
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        var from = dots < 0 ? text : text[..dots];
        var to = dots < 0 ? text : text[(dots + 2)..];
        range = int.TryParse(from, out var first) && int.TryParse(to, out var last) ? new DayRange(first, last) : null;
        return range is not null;
    }
}
