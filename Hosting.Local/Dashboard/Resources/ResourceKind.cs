using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>What kind a resource is of, and what it is made from.</summary>
internal static class ResourceKind
{
    public static string Of(IResource resource) => resource switch
    {
        ProjectResource => "Project",
        ExecutableResource => "Executable",
        PostgresServerResource => "Postgres server",
        PostgresDatabaseResource => "Postgres database",
        RabbitMQServerResource => "RabbitMQ server",
        ParameterResource => "Parameter",
        ConnectionStringResource => "Connection string",
        _ => resource.GetType().Name,
    };

    /// <summary>Whether it is only a value: it neither starts nor stops.</summary>
    public static bool IsValue(IResource resource) => resource is ParameterResource or ConnectionStringResource;

    public static string SourceOf(IResource resource) => resource switch
    {
        ProjectResource when resource.Annotations.Last<ProjectAnnotation>() is { } project => Path.GetFileName(project.ProjectFile),
        ExecutableResource executable => string.Join(' ', [executable.Command, .. resource.Annotations.OfType<ArgumentsAnnotation>().SelectMany(annotation => annotation.Arguments).OfType<string>()]),
        PostgresDatabaseResource database => $"{database.DatabaseName} on {database.Parent.Name}",
        PostgresServerResource or RabbitMQServerResource => resource.Annotations.Last<VolumeAnnotation>() is { } volume ? $"volume {volume.Name}" : "data of this run",
        ConnectionStringResource connection => connection.ConnectionStringExpression.ValueExpression,
        _ => string.Empty,
    };
}
