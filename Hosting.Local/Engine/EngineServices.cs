using Dunnhumby.Hosting.Local.Engine.Variables;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Hosting.Local.Engine;

internal static class EngineServices
{
    public static void AddApplicationEngine(this IServiceCollection services)
    {
        services.AddSingleton(_ => new ConsoleOutput(Console.Out));
        services.AddSingleton<TelemetryVariables>();
        services.AddSingleton<EnvironmentComposer>();
        services.AddSingleton<RunnerFactory>();
        services.AddSingleton<ApplicationEngine>();
        services.AddSingleton<ResourceCommands>();
        services.AddHostedService(provider => provider.GetRequiredService<ApplicationEngine>());
        services.AddHostedService<ParentWatch>();
    }
}
