namespace Dunnhumby.Hosting.Local.Dashboard.Elements;

/// <summary>What the application is called in pages: the AppHost's name without that word.</summary>
public sealed record ApplicationName(string Value);
