using System.Text.Json.Serialization;

namespace Dunnhumby.Hosting.Local.Projects;

/// <summary>A project's launchSettings.json.</summary>
internal sealed class LaunchSettings
{
    [JsonPropertyName("profiles")]
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = new(StringComparer.Ordinal);
}
