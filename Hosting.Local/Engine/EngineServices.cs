using Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;
using Dunnhumby.Hosting.Local.Engine.Variables;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Hosting.Local.Engine;

internal static class EngineServices
{
    public static void AddApplicationEngine(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ConsoleOutput(Console.Out, provider.GetRequiredService<ConsoleLogStore>()));
        services.AddSingleton<TelemetryVariables>();
        services.AddSingleton<EnvironmentComposer>();
        services.AddSingleton<RunnerFactory>();
        services.AddSingleton<ApplicationEngine>();
        services.AddSingleton<ResourceCommands>();
        services.AddHostedService(provider => provider.GetRequiredService<ApplicationEngine>());
        services.AddHostedService<ParentWatch>();
    }
}
