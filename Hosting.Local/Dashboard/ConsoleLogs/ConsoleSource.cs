namespace Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;

/// <summary>Where a line comes from.</summary>
public enum ConsoleSource
{
    /// <summary>The resource's standard output.</summary>
    Output,

    /// <summary>The resource's standard error.</summary>
    Error,

    /// <summary>The engine, about the resource.</summary>
    Engine,
}
