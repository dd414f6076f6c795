using System.Globalization;
using System.Numerics;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Formatting;

namespace Dunnhumby.Dashboard.Web.Components;

/// <summary>
/// Reads what a page's address says. Addresses are typed by people and kept in bookmarks, so pages bind every part as text and read it here: what does not fit
/// becomes a message with what is allowed, where the framework would fail the whole request.
/// </summary>
internal sealed class AddressReader
{
    private const int LongestShown = 60;

    private readonly List<string> _messages = [];

    /// <summary>What is wrong with the address, in words for the page; null when everything fits.</summary>
    internal Trouble? Trouble => _messages.Count == 0
        ? null
        : new Trouble(TroubleKind.BadAddress, "The address has a value that this page cannot use", string.Join(' ', _messages));

    /// <summary>The number of a thing that has a page of its own; null when the text is none.</summary>
    internal static T? Key<T>(string text)
        where T : struct, INumber<T> => T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null;

    /// <summary>Why a page of its own has nothing to show: the address does not name a thing by its number.</summary>
    internal static Trouble NoSuch(string thing, string text) => new(
        TroubleKind.NotFound,
        $"There is no {thing} '{Shown(text)}'",
        $"A {thing} has a whole number. Choose one from the list, or correct the address.");

    /// <summary>A whole number within limits; null when it is left out or does not fit.</summary>
    internal int? Number(string name, string? text, int minimum, int maximum)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (Key<int>(text) is { } number && number >= minimum && number <= maximum)
        {
            return number;
        }

        Refuse(name, text, $"a whole number from {minimum} to {maximum}");
        return null;
    }

    /// <summary>True or false; null when it is left out or does not fit.</summary>
    internal bool? Flag(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        Refuse(name, text, "true or false");
        return null;
    }

    /// <summary>One of several texts; null when it is left out or does not fit.</summary>
    internal string? Choice(string name, string? text, IEnumerable<string> allowed)
    {
        if (string.IsNullOrEmpty(text) || allowed.Contains(text, StringComparer.Ordinal))
        {
            return string.IsNullOrEmpty(text) ? null : text;
        }

        Refuse(name, text, string.Join(", ", allowed));
        return null;
    }

    /// <summary>Several of some texts, separated by commas; those that do not fit are left out.</summary>
    internal HashSet<string> Choices(string name, string? text, IReadOnlyList<string> allowed)
    {
        var given = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (given.FirstOrDefault(one => !allowed.Contains(one, StringComparer.Ordinal)) is { } other)
        {
            Refuse(name, other, string.Join(", ", allowed));
        }

        return given.Intersect(allowed, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Adds a message of the page's own.</summary>
    internal void Refuse(string message) => _messages.Add(message);

    /// <summary>A text of the address as it may be repeated on the page: short, and with nothing that misleads the eye.</summary>
    internal static string Shown(string text)
    {
        var visible = string.Concat(VisibleText.Parts(text.Length > LongestShown ? text[..LongestShown] : text).Select(part => part.Text));
        return text.Length > LongestShown ? $"{visible}…" : visible;
    }

    private void Refuse(string name, string text, string allowed) => _messages.Add($"'{Shown(text)}' does not fit: {name} takes {allowed}.");
}
