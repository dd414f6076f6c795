using System.Text.Json.Serialization;

namespace Dunnhumby.Hosting.Local.Projects;

/// <summary>A profile of a project's launchSettings.json.</summary>
internal sealed class LaunchProfile
{
    [JsonPropertyName("commandName")]
    public string? CommandName { get; set; }

    [JsonPropertyName("commandLineArgs")]
    public string? CommandLineArgs { get; set; }

    /// <summary>One or several URLs with semicolons between them.</summary>
    [JsonPropertyName("applicationUrl")]
    public string? ApplicationUrl { get; set; }

    [JsonPropertyName("environmentVariables")]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = new(StringComparer.Ordinal);
}
