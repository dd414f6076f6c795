using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Engine.Runners;
using Dunnhumby.Hosting.Local.Engine.Variables;
using Dunnhumby.Hosting.Local.Model;
using Dunnhumby.Hosting.Local.Parameters;
using Microsoft.Extensions.Configuration;

namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Chooses the runner for a kind of resource.</summary>
internal sealed class RunnerFactory(EnvironmentComposer environment, ParameterStore parameters, IConfiguration configuration, ConsoleOutput console) : IDisposable
{
    private readonly HttpClient _health = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };

    public ResourceRunner Create(ResourceInstance instance, Func<IResource, IReadOnlyList<ResourceInstance>> instancesOf)
    {
        void Output(string line, bool isError) => console.From(instance, line, isError);

        return instance.Resource switch
        {
            ProjectResource project when ((IResource)project).Annotations.Last<ProjectAnnotation>() is { } where =>
                new ProjectRunner(instance, where, environment, configuration["AppHost:BuildConfiguration"] ?? "Debug", _health, Output),
            ExecutableResource executable => new ExecutableRunner(instance, executable, environment, _health, Output),
            PostgresServerResource server => new PostgresRunner(server, parameters.Directory, Output),
            RabbitMQServerResource server => new RabbitMqRunner(server, parameters.Directory, Output),
            PostgresDatabaseResource database => new DatabaseRunner(database, instancesOf(database.Parent)[0]),
            ParameterResource or Aspire.Hosting.ConnectionStringResource => new ValueRunner(),
            var other => throw new NotSupportedException($"The local engine cannot run a {other.GetType().Name}."),
        };
    }

    /// <summary>Whether instances of the resource are checked at all.</summary>
    public static bool HasHealthChecks(IResource resource) =>
        resource is PostgresServerResource or RabbitMQServerResource or PostgresDatabaseResource || resource.Annotations.Last<HttpHealthAnnotation>() is not null;

    public void Dispose() => _health.Dispose();
}
