using System.Net;
using System.Net.Sockets;
using Dunnhumby.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Dunnhumby.ServiceDefaults.Tests;

public sealed class MessagingTests
{
    private const string Key = "read-key-of-tests-0123456789abcdefgh";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddMessaging_AnyService_ReportsItsUseToNobody()
    {
        await using var app = Service("amqp://guest:guest@127.0.0.1:1", []);

        app.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled.ShouldBeFalse();
    }

    [Fact]
    public async Task Health_BusConnects_IsNotReadyAndNoError()
    {
        // A broker that takes the connection and says nothing: the bus is on its way for as long as the test lasts.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        List<LogLevel> logged = [];
        await using var app = Service($"amqp://guest:guest@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", logged);
        await app.StartAsync(Cancelled);

        using var response = await app.GetTestClient().GetAsync(new Uri("/health", UriKind.Relative), Cancelled);
        using var keyed = app.GetTestClient();
        keyed.DefaultRequestHeaders.Add("X-Api-Key", Key);
        using var details = await keyed.GetAsync(new Uri("/health/details", UriKind.Relative), Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldBe("Starting");
        details.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await details.Content.ReadAsStringAsync(Cancelled)).ShouldContain("The bus connects to the broker.");
        logged.ShouldBe([LogLevel.Warning, LogLevel.Warning]);
    }

    [Fact]
    public async Task Health_BusConnectsForTooLong_IsAnError()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        List<LogLevel> logged = [];
        var time = new FakeTimeProvider();
        await using var app = Service($"amqp://guest:guest@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", logged, time);
        await app.StartAsync(Cancelled);
        (await app.GetTestClient().GetAsync(new Uri("/health", UriKind.Relative), Cancelled)).Dispose();

        time.Advance(TimeSpan.FromSeconds(31));
        using var response = await app.GetTestClient().GetAsync(new Uri("/health", UriKind.Relative), Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldBe("Unhealthy");
        logged.ShouldBe([LogLevel.Warning, LogLevel.Error]);
    }

    [Fact]
    public async Task Health_NoBroker_IsAnErrorAfterTheFirstAttempt()
    {
        List<LogLevel> logged = [];
        await using var app = Service("amqp://guest:guest@127.0.0.1:1", logged);
        await app.StartAsync(Cancelled);

        var deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(20);
        var state = "";
        while (state is not "Unhealthy")
        {
            TimeProvider.System.GetUtcNow().ShouldBeLessThan(deadline, $"the failure does not show: {state}");
            using var response = await app.GetTestClient().GetAsync(new Uri("/health", UriKind.Relative), Cancelled);
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            state = await response.Content.ReadAsStringAsync(Cancelled);
        }

        logged.ShouldContain(LogLevel.Error);
    }

    /// <param name="address">Of the broker.</param>
    /// <param name="logged">Takes the level of every line that health checks write.</param>
    /// <param name="time">The clock, if not the machine's.</param>
    private static WebApplication Service(string address, List<LogLevel> logged, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:messaging", address), new("ApiKeys:read", Key)]);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.AddServiceDefaults();
        builder.AddMessaging();
        builder.Logging.ClearProviders().AddProvider(new HealthLog(logged));
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }

    private sealed class HealthLog(List<LogLevel> logged) : ILoggerProvider, ILogger
    {
        private bool _isHealth;

        public ILogger CreateLogger(string categoryName) =>
            new HealthLog(logged) { _isHealth = categoryName.StartsWith(typeof(HealthCheckService).Namespace!, StringComparison.Ordinal) };

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => _isHealth && logLevel > LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                logged.Add(logLevel);
            }
        }

        public void Dispose()
        {
        }
    }
}
