using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Dashboard.Web.Samples;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.SignIn.Provider;
using Dunnhumby.SignIn.Tests.Services;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.SignIn.Tests.Pages;

/// <summary>The pages on a real Kestrel, a provider, and one service behind the pages that decides by token as all services do.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly PagesProgram _pages;

    private DashboardHost(Uri address, PeopleProvider provider, GuardedService service, PagesProgram pages) =>
        (Address, Provider, Service, _pages) = (address, provider, service, pages);

    internal Uri Address { get; }

    internal PeopleProvider Provider { get; }

    internal GuardedService Service { get; }

    /// <summary>What the pages logged.</summary>
    internal IEnumerable<string> Logged => _pages.Logged;

    internal static async Task<DashboardHost> StartAsync(TimeSpan? accessTokens = null, params (string Name, string Value)[] settings)
    {
        var port = LoopbackPort.Next();
        var address = new Uri($"http://localhost:{port}");
        var provider = await PeopleProvider.StartAsync(address, accessTokens);
        var service = await GuardedService.StartAsync(provider, MapServices);
        var pages = new PagesProgram(provider, service, settings);
        pages.UseKestrel(port);
        pages.StartServer();
        return new DashboardHost(address, provider, service, pages);
    }

    public async ValueTask DisposeAsync()
    {
        await _pages.DisposeAsync();
        await Service.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>As much of the three services as the pages of these tests need, each behind the scope that the real one asks for.</summary>
    private static void MapServices(WebApplication app)
    {
        var at = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
        var load = new Load(1, DatasetNames.Transactions, LoadStates.Completed, new string('a', 64), 100, 3, 2, 1, 0, 0, 5m, at, at, TraceId: null) { LoadedBy = "Leo Loader <7a2c-loader>" };
        app.MapGet("/version", () => TypedResults.Ok(new InsightsVersion(0, PublishedAt: null, DayOne: null, [], [], []))).RequireScope(Scopes.Read);
        app.MapGet("/runs", (int? limit, long? after) => TypedResults.Ok(new Page<Run>([new Run(4, "published", "rebuild, asked for by hand", 1, at, at, at, 3, Error: null, TraceId: null) { RequestedBy = "Ada Admin <9b3d-admin>" }], Next: null))).RequireScope(Scopes.Read);
        app.MapGet("/datasets", () => TypedResults.Ok(Array.Empty<Dataset>())).RequireScope(Scopes.Ingest);
        app.MapGet("/loads", (string? state, int? limit) => state is null ? (IResult)TypedResults.Ok(new Page<Load>([load], Next: null)) : TypedResults.Ok(new Page<RunningLoad>([], Next: null))).RequireScope(Scopes.Ingest);
        app.MapGet("/loads/1", () => TypedResults.Ok(load)).RequireScope(Scopes.Ingest);
        app.MapGet("/loads/1/quarantine", (int? limit) => TypedResults.Ok(new Page<QuarantinedRow>([new QuarantinedRow(2, 10, "DAY", "not_a_number", "'x' is not a whole number.", "1,x")], Next: null))).RequireScope(Scopes.Ingest);
        app.MapGet("/loads/1/replays", () => TypedResults.Ok(Array.Empty<Replay>())).RequireScope(Scopes.Ingest);
    }

    private sealed class PagesProgram(PeopleProvider provider, GuardedService service, (string Name, string Value)[] settings) : WebApplicationFactory<SampleProgress>
    {
        private readonly LogLines _log = new(LogLevel.Information);

        internal IEnumerable<string> Logged => _log.Written;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            var one = service.Address.ToString();
            builder.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
            builder.UseSetting("services:insights:http:0", one);
            builder.UseSetting("services:ingestion:http:0", one);
            builder.UseSetting("services:transform:http:0", one);
            builder.UseSetting("ApiKeys:read", GuardedService.ReadKey);
            builder.UseSetting("SignIn:Authority", provider.Address.ToString());
            builder.UseSetting("SignIn:ClientId", PeopleProvider.ClientId);
            builder.UseSetting("SignIn:ClientSecret", PeopleProvider.ClientSecret);
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureLogging(logging => logging.AddProvider(_log));
        }
    }
}
