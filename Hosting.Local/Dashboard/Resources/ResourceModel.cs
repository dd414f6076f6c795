using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Engine;
using Dunnhumby.Hosting.Local.Engine.Variables;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>What the model says of resources whatever their state: what refers to what, what is checked, what a process is told.</summary>
internal sealed class ResourceModel(IReadOnlyList<IResource> model, EnvironmentComposer environment)
{
    // A name with one of these in it has a value that is shown on demand only, whatever it comes from.
    private static readonly string[] SecretWords = ["PASSWORD", "SECRET", "TOKEN", "KEY", "CONNECTIONSTRING", "_URI", "HEADERS", "ROLES__"];

    /// <summary>Everything the resource refers to, waits for or is a part of.</summary>
    public IReadOnlyList<ResourceReference> ReferencesOf(string name) =>
        model.FirstOrDefault(resource => Is(resource, name)) is { } resource ? [.. References(resource).Distinct()] : [];

    /// <summary>Everything that refers to the resource, waits for it or is a part of it.</summary>
    public IReadOnlyList<ResourceReference> ReferrersOf(string name) =>
    [
        .. from other in model
           from reference in References(other)
           where string.Equals(reference.Name, name, StringComparison.OrdinalIgnoreCase)
           select new ResourceReference(other.Name, reference.Relation),
    ];

    /// <summary>What is checked, in words.</summary>
    public IReadOnlyList<string> HealthChecksOf(string name) => model.FirstOrDefault(resource => Is(resource, name)) switch
    {
        PostgresServerResource => ["Answers a query"],
        RabbitMQServerResource => ["Accepts a connection"],
        { } resource => [.. resource.Annotations.OfType<HttpHealthAnnotation>().Select(check => $"GET {check.Path} answers {check.StatusCode}")],
        null => [],
    };

    /// <summary>The variables that the process is started with, by name.</summary>
    public async Task<IReadOnlyList<PropertyItem>> EnvironmentOfAsync(ResourceInstance instance, CancellationToken cancellationToken)
    {
        if (instance.Resource is not (ProjectResource or ExecutableResource))
        {
            return [];
        }

        var variables = await environment.ComposeAsync(instance, cancellationToken);
        return
        [
            .. variables
                .Where(variable => variable.Value is not null)
                .OrderBy(variable => variable.Key, StringComparer.Ordinal)
                .Select(variable => new PropertyItem(variable.Key, variable.Value ?? string.Empty, IsSecret(variable.Key))),
        ];
    }

    private static IEnumerable<ResourceReference> References(IResource resource)
    {
        foreach (var annotation in resource.Annotations)
        {
            var reference = annotation switch
            {
                ConnectionReferenceAnnotation connection => new ResourceReference(connection.Source.Name, "Reference"),
                ServiceReferenceAnnotation service => new(service.Source.Name, "Reference"),
                WaitAnnotation wait => new(wait.Dependency.Name, wait.ForCompletion ? "WaitForCompletion" : "WaitFor"),
                EnvironmentAnnotation { Value: IResource value } => new(value.Name, "Environment"),
                _ => null,
            };
            if (reference is not null)
            {
                yield return reference;
            }
        }

        if (resource is PostgresDatabaseResource database)
        {
            yield return new(database.Parent.Name, "Parent");
        }
    }

    private static bool IsSecret(string variable) => SecretWords.Any(word => variable.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool Is(IResource resource, string name) => string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase);
}
