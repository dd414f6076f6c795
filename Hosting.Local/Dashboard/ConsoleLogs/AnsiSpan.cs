namespace Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;

/// <summary>A piece of a line in one look.</summary>
/// <param name="Text">Without control characters.</param>
/// <param name="Classes">CSS classes such as <c>ansi-31 ansi-bold</c>; empty for plain text.</param>
/// <param name="Style">Inline style for colours out of the sixteen named ones; null otherwise.</param>
public readonly record struct AnsiSpan(string Text, string Classes, string? Style);
