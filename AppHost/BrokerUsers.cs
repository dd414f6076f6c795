using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dunnhumby.AppHost;

/// <summary>What a service may do at the broker: patterns of the exchanges and queues that it declares, writes to and reads from.</summary>
internal sealed record BrokerUser(string Name, string Configure, string Write, string Read)
{
    private const string Events = @"Dunnhumby\.Contracts\.Messages:";
    private const string Loads = $"{Events}(LoadCompleted|LoadWithdrawn)";
    private const string Published = $"{Events}InsightsPublished";

    // Its queues with those for messages that it cannot handle, and the exchanges where the bus reports such a message.
    private const string Requests = "transform-load-(completed|withdrawn)(_error|_skipped)?";
    private const string Faults = "MassTransit:(Receive)?Fault(--.*)?";

    /// <summary>
    /// The sender of an event declares its exchange and writes to it. The receiver declares the exchange too, so that either may start first, but only
    /// reads from it, into queues of its own. The default exchange, which bypasses all others, is in no pattern.
    /// </summary>
    internal static IReadOnlyList<BrokerUser> All { get; } =
    [
        new("ingestion", Any(Loads), Any(Loads), Any()),
        new("transform", Any(Loads, Published, Requests, Faults), Any(Published, Requests, Faults), Any(Loads, Requests, Faults)),
        new("insights", Any(Published, "insights-published-.*"), Any("insights-published-.*"), Any(Published, "insights-published-.*")),
        new("dashboard", Any(Published, "dashboard-published-.*"), Any("dashboard-published-.*"), Any(Published, "dashboard-published-.*")),
    ];

    private static string Any(params string[] names) => names is [] ? "^$" : $"^({string.Join('|', names)})$";
}

/// <summary>Gives each service its own user at the broker.</summary>
internal static class BrokerUsers
{
    private const string HashingAlgorithm = "rabbit_password_hashing_sha256";
    private const int SaltBytes = 4;

    /// <summary>The broker knows the services' users from its start, in a container or natively. A deployment creates them itself.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithServiceUsers(this IResourceBuilder<RabbitMQServerResource> broker)
    {
        if (!broker.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            return broker;
        }

        return broker
            .WithContainerFiles("/etc/rabbitmq", async (_, cancellationToken) =>
            [
                new ContainerFile { Name = "definitions.json", Contents = await DefinitionsAsync(broker.Resource, cancellationToken) },
                new ContainerDirectory { Name = "conf.d", Entries = [new ContainerFile { Name = "20-definitions.conf", Contents = "load_definitions = /etc/rabbitmq/definitions.json\n" }] },
            ])
            .WithEnvironment(async context =>
            {
                // The native server's process, which replaces the container.
                if (context.Resource is ExecutableResource)
                {
                    context.EnvironmentVariables["RABBITMQ_DEFINITIONS"] = await DefinitionsAsync(broker.Resource, context.CancellationToken);
                }
            });
    }

    /// <summary>The service connects to the broker as the user that has its name, and starts when the broker has.</summary>
    public static IResourceBuilder<ProjectResource> WithBrokerUser(this IResourceBuilder<ProjectResource> service, IResourceBuilder<RabbitMQServerResource> broker)
    {
        var user = BrokerUser.All.Single(user => string.Equals(user.Name, service.Resource.Name, StringComparison.Ordinal));
        var password = broker.ApplicationBuilder.AddSecret($"{user.Name}-{broker.Resource.Name}-password");
        broker.WithAnnotation(new Login(user, password.Resource));
        var connection = broker.ApplicationBuilder.AddConnectionString(
                $"{broker.Resource.Name}-{user.Name}",
                ReferenceExpression.Create($"amqp://{user.Name}:{password:uri}@{broker.Resource.Host}:{broker.Resource.Port}"))
            .WithParentRelationship(broker);
        return service.WithReference(connection, broker.Resource.Name).WaitFor(broker);
    }

    /// <summary>What the broker reads at its start: it replaces what it knew of these users, such as a former password.</summary>
    private static async Task<string> DefinitionsAsync(RabbitMQServerResource broker, CancellationToken cancellationToken)
    {
        // A broker that is given its users makes none itself.
        List<object> users = [await UserAsync(await broker.UserNameReference.GetValueAsync(cancellationToken) ?? "", broker.PasswordParameter, "administrator", cancellationToken)];
        List<object> permissions = [Permission(new BrokerUser(await broker.UserNameReference.GetValueAsync(cancellationToken) ?? "", ".*", ".*", ".*"))];
        foreach (var login in broker.Annotations.OfType<Login>())
        {
            users.Add(await UserAsync(login.User.Name, login.Password, "", cancellationToken));
            permissions.Add(Permission(login.User));
        }

        return JsonSerializer.Serialize(new { vhosts = new[] { new { name = "/" } }, users, permissions });
    }

    private static async Task<object> UserAsync(string name, ParameterResource password, string tags, CancellationToken cancellationToken) =>
        new { name, password_hash = Hash(await password.GetValueAsync(cancellationToken) ?? ""), hashing_algorithm = HashingAlgorithm, tags };

    private static object Permission(BrokerUser user) => new { user = user.Name, vhost = "/", configure = user.Configure, write = user.Write, read = user.Read };

    /// <summary>RabbitMQ's form: the salt, then SHA-256 of salt and password, in Base64.</summary>
    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }

    private sealed record Login(BrokerUser User, ParameterResource Password) : IResourceAnnotation;
}
