using Aspire.Hosting;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Engine.Variables;

/// <summary>Makes up the environment of a process: what the engine says, then its launch profile, then its references, then what the model sets.</summary>
internal sealed class EnvironmentComposer(TelemetryVariables telemetry)
{
    // These configure the AppHost itself; a service that needs them has them in its launch profile.
    private static readonly string[] NotInherited = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <summary>The variables on top of the AppHost's own; null removes one of those.</summary>
    public async Task<Dictionary<string, string?>> ComposeAsync(ResourceInstance instance, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in NotInherited)
        {
            variables[name] = null;
        }

        if (instance.Resource.Annotations.Last<ProjectAnnotation>() is { } project)
        {
            telemetry.AddTo(variables, instance);
            AddProject(variables, instance, project);
        }

        foreach (var endpoint in instance.Resource.Endpoints().Where(endpoint => endpoint.EnvironmentVariable is not null))
        {
            variables[endpoint.EnvironmentVariable ?? string.Empty] = $"{endpoint.TargetPorts[instance.Replica]}";
        }

        foreach (var annotation in instance.Resource.Annotations)
        {
            await AddAsync(variables, annotation, cancellationToken);
        }

        foreach (var annotation in instance.Resource.Annotations.OfType<EnvironmentAnnotation>())
        {
            variables[annotation.Name] = await annotation.Value.TextAsync(cancellationToken);
        }

        return variables;
    }

    private static void AddProject(Dictionary<string, string?> variables, ResourceInstance instance, ProjectAnnotation project)
    {
        variables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        foreach (var (name, value) in project.Profile?.EnvironmentVariables ?? [])
        {
            variables[name] = Environment.ExpandEnvironmentVariables(value);
        }

        // Endpoints whose port goes into a variable of their own are not Kestrel's business.
        var urls = instance.Resource.Endpoints()
            .Where(endpoint => endpoint.IsHttp && endpoint.EnvironmentVariable is null)
            .Select(endpoint => endpoint.UrlOf(instance.Replica));
        variables["ASPNETCORE_URLS"] = string.Join(';', urls) is { Length: > 0 } joined ? joined : null;
    }

    private static async Task AddAsync(Dictionary<string, string?> variables, IAnnotation annotation, CancellationToken cancellationToken)
    {
        switch (annotation)
        {
            case ConnectionReferenceAnnotation reference:
                var value = await reference.Source.GetConnectionStringAsync(cancellationToken);
                if (string.IsNullOrEmpty(value) && !reference.Optional)
                {
                    throw new DistributedApplicationException($"The connection string of '{reference.Source.Name}' is empty.");
                }

                variables[reference.Source.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{reference.ConnectionName}"] = value;
                foreach (var (property, expression) in reference.Source.GetConnectionProperties())
                {
                    variables[$"{ResourceName.ToVariable(reference.ConnectionName)}_{property.ToUpperInvariant()}"] = await expression.GetValueAsync(cancellationToken);
                }

                break;

            case ServiceReferenceAnnotation reference:
                foreach (var endpoint in reference.Source.Endpoints().Where(endpoint =>
                    reference.EndpointName is null || string.Equals(endpoint.Name, reference.EndpointName, StringComparison.OrdinalIgnoreCase)))
                {
                    var url = endpoint.ReferenceFrom(reference.Source).Url;
                    variables[$"services__{reference.Name}__{endpoint.Name}__0"] = url;
                    variables[$"{ResourceName.ToVariable(reference.Name)}_{ResourceName.ToVariable(endpoint.Name)}"] = url;
                }

                break;

            default:
                break;
        }
    }
}
