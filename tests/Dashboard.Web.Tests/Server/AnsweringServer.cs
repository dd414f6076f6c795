using System.Net;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Dashboard.Web.Tests.Stubs;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Dunnhumby.Dashboard.Web.Tests.Server;

/// <summary>The whole program over services that know household 1, campaign 1 and load 1, and refuse as the real ones do.</summary>
public sealed class AnsweringServer : WebApplicationFactory<Program>
{
    private readonly StubService _services = new();

    public AnsweringServer()
    {
        _services.Answer("/version", Sample.Version(7), "\"7\"");
        _services.Answer("/households?limit=50", new Page<Household>([Sample.Household(1)], Next: null), "\"7\"");
        _services.Answer("/households/1", Sample.Household(1), "\"7\"");
        _services.Answer("/households/1/daily-spend", Sample.Spend(1), "\"7\"");
        _services.Answer("/campaigns", new[] { Sample.Campaign(1) }, "\"7\"");
        _services.Answer("/campaigns/1", Sample.Campaign(1), "\"7\"");
        _services.Answer("/campaigns/1/daily-sales", Sample.CampaignSales, "\"7\"");
        _services.Answer("/sales/daily", Array.Empty<StoreDay>(), "\"7\"");
        _services.Answer("/stores", Sample.Stores, "\"7\"");
        _services.Answer("/sales/stores?store=1&limit=1000", new Page<StoreDaySales>(Sample.DaysOfStore(1), Next: null), "\"7\"");
        _services.Answer("/orphans", Array.Empty<OrphanReference>(), "\"7\"");
        _services.Answer("/datasets", Array.Empty<Dataset>());
        _services.Answer("/loads?limit=25", new Page<Load>([Sample.Load(1)], Next: null));
        _services.Answer("/loads?state=running", new Page<RunningLoad>([], Next: null));
        _services.Answer("/loads/1", Sample.Load(1));
        _services.Answer("/loads/1/quarantine?limit=25", new Page<QuarantinedRow>([], Next: null));
        _services.Answer("/loads/1/quarantine/summary", new QuarantineSummary(1, 2, 2, [new QuarantineGroup("not_a_number", "DAY", "'x' is not a whole number.", 2, 2, 0, 0, 0)]));
        _services.Answer("/loads/1/quarantine?reason=not_a_number&limit=25&column=DAY", new Page<QuarantinedRow>([], Next: null));
        _services.Answer("/loads/1/replays", Array.Empty<Replay>());
        _services.Answer("/runs?limit=25", new Page<Run>([], Next: null));
        _services.Answer("/households/7", Sample.Household(7), "\"7\"");
        _services.Refuse("/households/7/daily-spend", HttpStatusCode.ServiceUnavailable, Sample.TableMissing);
        _services.Answer("/tables", new[] { Sample.Table }, "\"7\"");
        _services.Answer("/tables/1/about", Sample.Table, "\"7\"");
        _services.Answer("/tables/1/rows?limit=50", Sample.Rows(next: null), "\"7\"");
        _services.Answer("/tables/1?department=DELI&format=csv", new[] { 1, 2 });
        _services.Refuse("/tables/1/rows?day=x&limit=50", HttpStatusCode.BadRequest, """{"title":"A parameter has a value that cannot be used.","detail":"'x' does not fit: day takes a whole number.","status":400}""");
        Refuse("/tables/404/rows?limit=50", "There is no table '404'.");
        Refuse("/households/404", "There is no household 404.");
        Refuse("/campaigns/404", "There is no campaign 404.");
        Refuse("/loads/404", "There is no such load");
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
        builder.UseSetting("services:insights:http:0", DashboardServer.Nowhere);
        builder.UseSetting("services:ingestion:http:0", DashboardServer.Nowhere);
        builder.ConfigureServices(services => services.ConfigureAll<HttpClientFactoryOptions>(options =>
            options.HttpMessageHandlerBuilderActions.Add(handlers => handlers.PrimaryHandler = _services)));
    }

    /// <summary>How often the services were asked for an address.</summary>
    internal int TimesAsked(string address) => _services.Asked.Count(asked => string.Equals(asked.Address, address, StringComparison.Ordinal));

    private void Refuse(string address, string title) => _services.Refuse(address, HttpStatusCode.NotFound, $$"""{"title":"{{title}}","detail":"The list has what there is.","status":404}""");
}
