using Dunnhumby.Contracts.Security;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.SignIn;

namespace Dunnhumby.Dashboard.Web.Samples;

internal static class SampleServices
{
    private const string Client = "samples";

    internal static void AddSamples(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SampleOptions>().BindConfiguration(SampleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SampleLoading>();
        services.AddHostedService<SampleLoader>();
        services.AddScoped(scope =>
        {
            var http = scope.ClientFor(Client, IngestionClient.Service, configuration[$"ApiKeys:{Scopes.Ingest}"]);

            // A file takes as long as it takes; a reader may stop it.
            http.Timeout = Timeout.InfiniteTimeSpan;
            return new SampleUploads(http);
        });
        var client = services.AddHttpClient(Client);
#pragma warning disable EXTEXP0001 // Experimental: the only way to leave out the standard handler's time limits, which are those of small answers.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
