using Dunnhumby.Contracts.Security;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Samples;

internal static class SampleServices
{
    internal static void AddSamples(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SampleOptions>().BindConfiguration(SampleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SampleLoading>();
        services.AddHostedService<SampleLoader>();
        var client = services.AddHttpClient<SampleUploads>(http =>
        {
            ClientServices.Configure(http, IngestionClient.Service, configuration[$"ApiKeys:{Scopes.Ingest}"]);

            // A file takes as long as it takes; a reader may stop it.
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
#pragma warning disable EXTEXP0001 // Experimental: the only way to leave out the standard handler's time limits, which are those of small answers.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
