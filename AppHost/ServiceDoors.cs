using Dunnhumby.Hosting.Native;
namespace Dunnhumby.AppHost;

/// <summary>Tells each service who may come in.</summary>
internal static class ServiceDoors
{
    /// <summary>A secret that is given as a parameter, or generated once and kept in the user secrets.</summary>
    public static IResourceBuilder<ParameterResource> AddSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

    /// <summary>The keys that it accepts or presents, and the names that it answers under.</summary>
    /// <param name="signing">For a service that accepts keys: what it signs tickets and makes the fingerprints of keys with.</param>
    public static IResourceBuilder<ProjectResource> WithApiKeys(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<ParameterResource> ingest,
        IResourceBuilder<ParameterResource> read,
        IResourceBuilder<ParameterResource>? signing = null)
    {
        service.WithEnvironment("ApiKeys__ingest", ingest).WithEnvironment("ApiKeys__read", read).WithOwnHostName();
        return signing is null ? service : service.WithEnvironment("Signing__Secret", signing);
    }

    /// <summary>The key of the scope admin, for who decides which version readers have.</summary>
    public static IResourceBuilder<ProjectResource> WithAdminKey(this IResourceBuilder<ProjectResource> service, IResourceBuilder<ParameterResource> admin) =>
        service.WithEnvironment("ApiKeys__admin", admin);

    /// <summary>
    /// The names that it answers under. On this machine those of loopback, which is what services do by themselves; where it is deployed, the name by which the
    /// others reach it as well. A deployment adds the name that browsers use.
    /// </summary>
    private static IResourceBuilder<ProjectResource> WithOwnHostName(this IResourceBuilder<ProjectResource> service) => service.WithEnvironment(context =>
    {
        if (context.ExecutionContext.IsPublishMode)
        {
            context.EnvironmentVariables["AllowedHosts"] = ReferenceExpression.Create($"localhost;{service.GetEndpoint("http").Property(EndpointProperty.Host)}");
        }
    });

    /// <summary>Keeps the worker's cache with the other data, so that the first load after a start is shown at once. Whoever deploys says where it is there.</summary>
    public static IResourceBuilder<ProjectResource> WithCache(this IResourceBuilder<ProjectResource> worker) => worker.ApplicationBuilder.ExecutionContext.IsRunMode
        ? worker.WithEnvironment("Transform__CacheDirectory", Path.Combine(worker.ApplicationBuilder.GetDataDirectory(), "transform-cache"))
        : worker;
}
