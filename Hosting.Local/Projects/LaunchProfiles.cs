using System.Text.Json;
using Aspire.Hosting;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Projects;

/// <summary>Reads a project's Properties/launchSettings.json.</summary>
internal static class LaunchProfiles
{
    private static readonly JsonSerializerOptions Lenient = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The preferred profile if the project has it, otherwise its first of commandName Project, otherwise none.</summary>
    public static LaunchProfile? Choose(string projectFile, string? preferred)
    {
        var profiles = Read(projectFile);
        return preferred is not null && profiles.TryGetValue(preferred, out var named) && IsProject(named)
            ? named
            : profiles.Values.FirstOrDefault(IsProject);
    }

    /// <exception cref="DistributedApplicationException">The project has no such profile.</exception>
    public static LaunchProfile Require(string projectFile, string name) => Read(projectFile).TryGetValue(name, out var profile)
        ? profile
        : throw new DistributedApplicationException($"{projectFile} has no launch profile '{name}'.");

    /// <summary>The endpoints of the profile's applicationUrl, named after their schemes.</summary>
    public static IEnumerable<EndpointAnnotation> Endpoints(LaunchProfile? profile)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var url in (profile?.ApplicationUrl ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = new Uri(url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal));
            var name = address.Scheme;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = $"{address.Scheme}{number}";
            }

            yield return new EndpointAnnotation { Name = name, Scheme = address.Scheme, Port = address.Port };
        }
    }

    // The order of the file decides which profile is first; dictionaries that were only added to keep it.
    private static Dictionary<string, LaunchProfile> Read(string projectFile)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectFile) ?? ".", "Properties", "launchSettings.json");
        return File.Exists(file) ? JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(file), Lenient)?.Profiles ?? [] : [];
    }

    private static bool IsProject(LaunchProfile profile) => string.Equals(profile.CommandName, "Project", StringComparison.OrdinalIgnoreCase);
}
