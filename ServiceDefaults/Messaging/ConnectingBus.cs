using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dunnhumby.ServiceDefaults.Messaging;

/// <summary>
/// The bus's health check, but patient at a start: while the bus connects for the first time and nothing has failed, the service is not ready, and that is no
/// error. ASP.NET Core logs every unhealthy check as an error, so each start would show one. A failed attempt is reported as ever, and so is a bus that takes long.
/// </summary>
internal sealed class ConnectingBus(IHealthCheck bus, ConnectingBus.Start start, TimeProvider time) : IHealthCheck
{
    private const string MassTransitTag = "masstransit";

    /// <summary>The key in a check's data that says that the service is still starting; <c>/health</c> answers 503 for it.</summary>
    internal const string Starting = "Starting";

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Puts this check in the place of MassTransit's own, whatever its name is.</summary>
    internal static void Register(IServiceCollection services) => services.AddOptions<HealthCheckServiceOptions>().PostConfigure<TimeProvider>((options, time) =>
    {
        foreach (var registration in options.Registrations.Where(registration => registration.Tags.Contains(MassTransitTag)))
        {
            var (create, start) = (registration.Factory, new Start(time.GetTimestamp()));
            registration.Factory = provider => new ConnectingBus(create(provider), start, time);
        }
    });

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var result = await bus.CheckHealthAsync(context, cancellationToken);
        if (result is not { Status: HealthStatus.Unhealthy, Exception: null } || start.IsOver || time.GetElapsedTime(start.Began) > Patience)
        {
            start.IsOver = true;
            return result;
        }

        return HealthCheckResult.Degraded("The bus connects to the broker.", data: new Dictionary<string, object>(result.Data, StringComparer.Ordinal) { [Starting] = true });
    }

    /// <summary>The start of one bus; a check is made for every request.</summary>
    internal sealed class Start(long began)
    {
        internal long Began { get; } = began;

        internal bool IsOver { get; set; }
    }
}
