using Dunnhumby.Contracts.Loads;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.SampleData;
using Dunnhumby.SampleData.Uploads;

namespace Dunnhumby.Dashboard.Web.Samples;

/// <summary>Sends generated files to the ingestion service, through the door that every file takes.</summary>
internal sealed class SampleUploads(HttpClient http)
{
    /// <summary>Generates and uploads one file. Troubles are answers, not exceptions.</summary>
    internal async Task<Answer<Load>> SendAsync(JourneyGenerator journey, string dataset, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var request = JourneyContent.Request(journey, dataset, progress);
        return await ServiceCall.SendAsync<Load>(http, IngestionClient.Service, request, cancellationToken);
    }
}
