using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Dunnhumby.Insights.Api.Tests.Warehouses;

/// <summary>The API behind Kestrel on a free port, with one key per scope.</summary>
public sealed class InsightsHost : WebApplicationFactory<Program>
{
    public const string ReadKey = "read-key-of-tests-0123456789abcdefgh";
    public const string IngestKey = "ingest-key-of-tests-0123456789abcdef";

    /// <summary>Nobody listens there: the API has to do without a broker.</summary>
    private static readonly Uri NoBroker = new("amqp://guest:guest@127.0.0.1:1");

    private static readonly Uri Nobody = new("http://127.0.0.1:1");

    private readonly string _warehouse;
    private readonly Uri _broker;
    private readonly TimeSpan _poll;
    private readonly int _requestsPerSecond;
    private readonly int _concurrentRequests;
    private readonly Uri _transform;

    public InsightsHost(string warehouse, Uri? broker = null, TimeSpan? poll = null, int requestsPerSecond = 20_000, int concurrentRequests = 256, Uri? transform = null)
    {
        (_warehouse, _broker, _poll) = (warehouse, broker ?? NoBroker, poll ?? TimeSpan.FromMilliseconds(100));
        (_requestsPerSecond, _concurrentRequests, _transform) = (requestsPerSecond, concurrentRequests, transform ?? Nobody);
        UseKestrel(port: 0);
        StartServer();
        Client = Connect(ReadKey);
    }

    /// <summary>Sends the key with scope read; does not follow redirects.</summary>
    public HttpClient Client { get; }

    public HttpClient Connect(string? key)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = ClientOptions.BaseAddress };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
        }

        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("ConnectionStrings:warehouse", _warehouse);
        builder.UseSetting("ConnectionStrings:messaging", _broker.ToString());
        builder.UseSetting("ApiKeys:Read", ReadKey);
        builder.UseSetting("ApiKeys:Ingest", IngestKey);
        builder.UseSetting("services:transform:http:0", _transform.ToString());
        builder.UseSetting("Insights:PollInterval", _poll.ToString("c", CultureInfo.InvariantCulture));
        builder.UseSetting("Insights:RequestsPerSecond", $"{_requestsPerSecond}");
        builder.UseSetting("Insights:MaxConcurrentRequests", $"{_concurrentRequests}");
        builder.UseSetting("Logging:LogLevel:Default", "Error");
    }
}
