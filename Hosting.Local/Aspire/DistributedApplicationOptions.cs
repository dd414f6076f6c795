namespace Aspire.Hosting;

/// <summary>How the application is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line, which configuration reads.</summary>
    public string[]? Args { get; set; }

    /// <summary>Name of the AppHost's assembly; the entry assembly by default.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Whether to do without the dashboard; telemetry then goes where configuration says, or nowhere.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>The AppHost's project directory, which paths are relative to.</summary>
    public string? ProjectDirectory { get; set; }
}
