using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Dunnhumby.Dashboard.Web.Loads.Uploads;
using Dunnhumby.Dashboard.Web.Samples;
using Dunnhumby.Dashboard.Web.Security;
using Dunnhumby.Dashboard.Web.SignIn;
using Dunnhumby.Dashboard.Web.Tables;
using Dunnhumby.Dashboard.Web.Versions;
using Dunnhumby.ServiceDefaults.Messaging;
using Dunnhumby.ServiceDefaults.Requests;
using Microsoft.AspNetCore.ResponseCompression;
using Radzen;

namespace Dunnhumby.Dashboard.Web;

internal static class DashboardExtensions
{
    internal static void AddDashboard(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddRadzenComponents();
        // Pages repeat what stands in their address beside tokens that must stay secret: over HTTPS the length of a compressed page would tell of them (BREACH).
        // Styles and scripts hold no secret, and are compressed when they are built.
        builder.Services.Configure<ResponseCompressionOptions>(options => options.EnableForHttps = false);
        builder.AddSignIn();
        builder.Services.AddServiceClients(builder.Configuration);
        builder.Services.AddUploads();
        builder.Services.AddSamples(builder.Configuration);
        builder.Services.AddOptions<TraceLinkOptions>().BindConfiguration(TraceLinkOptions.Section);

        builder.Services.AddSingleton<VersionFeed>();
        builder.Services.AddScoped<ShownVersion>();
        builder.Services.AddHostedService<VersionPoller>();
        builder.AddMessaging(bus => bus.AddConsumer<InsightsPublishedConsumer, InsightsPublishedConsumerDefinition>());
    }

    internal static void MapDashboard(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found");
        app.UseSecurityHeaders();
        // Once more, for the page that is shown at unknown addresses.
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>()
            // The policy of UseSecurityHeaders says frame-ancestors 'none'; the framework's own header would say 'self'.
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization()
            .ReadTheirOwnQuery();
        app.MapTableDownloads();
        app.MapSignIn();
    }
}
