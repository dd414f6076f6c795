using System.Text;

namespace Dunnhumby.Insights.Api.Search;

/// <summary>What a search asks for, in words.</summary>
/// <param name="All">Letters and digits, in small letters.</param>
internal sealed record SearchWords(IReadOnlyList<string> All)
{
    /// <summary>So that a statement stays small.</summary>
    internal const int Most = 8;

    /// <summary>Those that may be keys of products, households or campaigns.</summary>
    internal IReadOnlyList<string> Numbers => [.. All.Where(IsNumber)];

    internal IReadOnlyList<string> Others => [.. All.Where(word => !IsNumber(word))];

    /// <summary>Null when there are no words, or too many.</summary>
    internal static SearchWords? Read(string text)
    {
        // Whatever is not a letter or a digit parts words, as it does in the trigrams.
        var parted = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            parted.Append(Rune.IsLetterOrDigit(rune) ? Rune.ToLowerInvariant(rune).ToString() : " ");
        }

        var words = parted.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        return words.Count is > 0 and <= Most ? new SearchWords(words) : null;
    }

    private static bool IsNumber(string word) => word.All(char.IsAsciiDigit);
}
