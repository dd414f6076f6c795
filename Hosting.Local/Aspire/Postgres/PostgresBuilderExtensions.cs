using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;

namespace Aspire.Hosting;

/// <summary>Adds Postgres servers and databases.</summary>
public static class PostgresBuilderExtensions
{
    /// <summary>Adds a Postgres server.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">The superuser; <c>postgres</c> by default.</param>
    /// <param name="password">The superuser's password; a generated parameter <c>name-password</c> by default.</param>
    /// <param name="port">The port; a free one by default.</param>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        var server = new PostgresServerResource(
            name, userName?.Resource, password?.Resource ?? ParameterResourceBuilderExtensions.DefaultPassword(builder, name));
        server.Annotate(new EndpointAnnotation { Name = PostgresServerResource.PrimaryEndpointName, Scheme = "tcp", Port = port });
        return builder.Add(server);
    }

    /// <summary>Adds a database, created once the server is healthy.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="databaseName">The database's name; the resource's by default.</param>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null) =>
        builder.ApplicationBuilder.Add(new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource));

    /// <summary>Keeps the data between runs.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; that of the resource and <c>-data</c> by default.</param>
    /// <param name="isReadOnly">A server cannot run on data it may not write: true is refused.</param>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        builder.Resource.Annotate(DataVolume.Create(builder.Resource, name, isReadOnly));
        return builder;
    }
}
