namespace Dunnhumby.Dashboard.Web.Formatting;

/// <summary>A piece of a text to show.</summary>
/// <param name="Escaped">Whether <paramref name="Text"/> is the written-out form of a character that cannot be seen.</param>
internal readonly record struct TextPart(string Text, bool Escaped);
