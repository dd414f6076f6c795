using Microsoft.Extensions.Configuration;

namespace Dunnhumby.Hosting.Local.Parameters;

/// <summary>Where everything that outlives a run is kept; configuration key <c>DataDirectory</c>, by default .data beside the AppHost.</summary>
internal sealed class DataDirectory(IConfiguration configuration)
{
    public string Root { get; } = Path.GetFullPath(
        configuration["DataDirectory"] is { Length: > 0 } configured ? configured : Path.Combine("..", ".data"),
        configuration["AppHost:Directory"] ?? Directory.GetCurrentDirectory());

    public string ParametersFile => Path.Combine(Root, "parameters.json");

    public string Volume(string name) => Path.Combine(Root, "volumes", name);
}
