using Dunnhumby.Hosting.Local.Servers;
using Microsoft.Extensions.Configuration;

namespace Dunnhumby.Hosting.Local.Dashboard.Hosting;

/// <summary>Where the dashboard and its receiver listen and who may come in; decided once, before anything starts, because resources are told the addresses.</summary>
internal sealed class DashboardSettings
{
    /// <summary>Where people look for it.</summary>
    public const int UsualPort = 15100;

    /// <summary>Whether there is a dashboard in this process.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Of the pages and the JSON API.</summary>
    public required Uri Frontend { get; init; }

    /// <summary>OTLP over gRPC; null when telemetry goes nowhere, or by HTTP only.</summary>
    public required Uri? OtlpGrpc { get; init; }

    /// <summary>OTLP over HTTP.</summary>
    public required Uri? OtlpHttp { get; init; }

    /// <summary>What resources send with their telemetry.</summary>
    public required string OtlpApiKey { get; init; }

    /// <summary>What people log in with; part of the printed URL.</summary>
    public required string BrowserToken { get; init; }

    /// <summary>What scripts send to the JSON API.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Whether pages need no login.</summary>
    public required bool AllowAnonymous { get; init; }

    /// <summary>Whether the frontend's usual port was taken, so that it is somewhere else today.</summary>
    public required bool IsElsewhere { get; init; }

    public Uri LoginUrl => new(Frontend, AllowAnonymous ? "/" : $"/login?t={Uri.EscapeDataString(BrowserToken)}");

    /// <param name="configuration">The AppHost's.</param>
    /// <param name="isDisabled">No dashboard: telemetry goes where configuration says, or nowhere.</param>
    public static DashboardSettings From(IConfiguration configuration, bool isDisabled)
    {
        var grpc = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] is { Length: > 0 } grpcUrl ? new Uri(grpcUrl) : null;
        var http = configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] is { Length: > 0 } httpUrl ? new Uri(httpUrl) : null;
        var wanted = FrontendOf(configuration["ASPNETCORE_URLS"]);
        var frontend = wanted;
        if (!isDisabled)
        {
            var randomize = configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false);
            frontend = randomize || !LoopbackPort.IsFree(wanted.Port) ? new UriBuilder(wanted) { Port = LoopbackPort.Next() }.Uri : wanted;
            grpc ??= new Uri($"http://localhost:{LoopbackPort.Next()}");
            http ??= new Uri($"http://localhost:{LoopbackPort.Next()}");
        }

        return new DashboardSettings
        {
            IsEnabled = !isDisabled,
            Frontend = frontend,
            IsElsewhere = frontend.Port != wanted.Port,
            OtlpGrpc = grpc,
            OtlpHttp = http,
            OtlpApiKey = Given(configuration, "AppHost:OtlpApiKey") ?? GeneratedSecret.Create(),
            BrowserToken = Given(configuration, "AppHost:BrowserToken", "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN") ?? GeneratedSecret.Create(),
            ApiKey = Given(configuration, "Dashboard:Api:PrimaryApiKey") ?? GeneratedSecret.Create(),
            AllowAnonymous = configuration.GetValue("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", defaultValue: false),
        };
    }

    // Without a certificate there is no HTTPS here: of several addresses the first plain one counts.
    private static Uri FrontendOf(string? urls) =>
        (urls ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal))
            .Where(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : null)
            .FirstOrDefault(uri => uri is not null)
        ?? new Uri($"http://localhost:{UsualPort}");

    private static string? Given(IConfiguration configuration, params IEnumerable<string> names) =>
        names.Select(name => configuration[name]).FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
