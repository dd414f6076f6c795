using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Dunnhumby.Dashboard.Web.Tests.Server;

/// <summary>The whole program, with neither services nor broker answering.</summary>
public sealed class DashboardServer : WebApplicationFactory<Program>
{
    // Nothing listens on port 1 of a machine that does not offer tcpmux.
    internal const string Nowhere = "http://127.0.0.1:1";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
        builder.UseSetting("services:insights:http:0", Nowhere);
        builder.UseSetting("services:ingestion:http:0", Nowhere);
    }
}
