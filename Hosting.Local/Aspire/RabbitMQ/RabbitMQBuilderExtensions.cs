using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;

namespace Aspire.Hosting;

/// <summary>Adds RabbitMQ brokers.</summary>
public static class RabbitMQBuilderExtensions
{
    /// <summary>Adds a RabbitMQ broker.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">The user, in the place of RabbitMQ's well-known guest.</param>
    /// <param name="password">The user's password; a generated parameter <c>name-password</c> by default.</param>
    /// <param name="port">The AMQP port; a free one by default.</param>
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        var server = new RabbitMQServerResource(
            name, userName?.Resource, password?.Resource ?? ParameterResourceBuilderExtensions.DefaultPassword(builder, name));
        server.Annotate(new EndpointAnnotation { Name = RabbitMQServerResource.PrimaryEndpointName, Scheme = "tcp", Port = port });
        return builder.Add(server);
    }

    /// <summary>Keeps the data between runs.</summary>
    /// <param name="builder">The broker.</param>
    /// <param name="name">The volume's name; that of the resource and <c>-data</c> by default.</param>
    /// <param name="isReadOnly">A broker cannot run on data it may not write: true is refused.</param>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        builder.Resource.Annotate(DataVolume.Create(builder.Resource, name, isReadOnly));
        return builder;
    }
}
