using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.EndToEnd.Tests.Stacks;

/// <summary>What every stack of the tests is given so that it meets nobody else: data, ports and secrets of its own.</summary>
internal static class StackSettings
{
    internal const string IngestKey = "end-to-end-ingest-key-0123456789abc";
    internal const string ReadKey = "end-to-end-read-key-0123456789abcde";

    /// <summary>Opens the HTTP API of Aspire's dashboard.</summary>
    internal const string TelemetryKey = "end-to-end-telemetry-key-0123456789";

    /// <summary>Logs a browser in to Aspire's dashboard.</summary>
    internal const string BrowserToken = "end-to-end-browser-token-0123456789";

    private static readonly string[] Passwords =
    [
        "postgres-password", "loader-password", "transformer-password", "reader-password",
        "messaging-password", "ingestion-messaging-password", "transform-messaging-password", "insights-messaging-password", "dashboard-messaging-password",
    ];

    /// <summary>As arguments of the AppHost.</summary>
    internal static IEnumerable<string> Arguments(string dataDirectory) =>
    [
        $"--DataDirectory={dataDirectory}",
        $"--Parameters:ingest-key={IngestKey}",
        $"--Parameters:read-key={ReadKey}",
        "--Parameters:admin-key=end-to-end-admin-key-0123456789abcd",
        .. Passwords.Select(name => $"--Parameters:{name}=end-to-end:{name}/"),
        $"--AppHost:DashboardApiKey={TelemetryKey}",
        $"--ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN={BrowserToken}",
        // The dashboard's addresses must be given; its port becomes a free one, as those of the services do.
        "--DcpPublisher:RandomizePorts=true",
        $"--ASPNETCORE_URLS={FreeAddress()}",
        $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL={FreeAddress()}",
        $"--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL={FreeAddress()}",
        $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL={FreeAddress()}",
        "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
        "--ASPIRE_VERSION_CHECK_DISABLED=true",
    ];

    private static string FreeAddress() => $"http://localhost:{LoopbackPort.Next()}";
}
