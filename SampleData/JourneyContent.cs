using System.Net;
using System.Net.Http.Headers;

namespace Dunnhumby.SampleData;

/// <summary>A data set as the body of a request: its rows are made while they are sent, and made again if the request is repeated.</summary>
/// <param name="journey">What makes the rows.</param>
/// <param name="dataset">One of the journey's data sets.</param>
/// <param name="progress">Gets the sent share, 0 to 1.</param>
public sealed class JourneyContent(JourneyGenerator journey, string dataset, IProgress<double>? progress) : HttpContent
{
    /// <summary>The request that uploads a data set to an ingestion service, whose base address the client has.</summary>
    public static HttpRequestMessage Request(JourneyGenerator journey, string dataset, IProgress<double>? progress = null)
    {
        var content = new JourneyContent(journey, dataset, progress);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return new HttpRequestMessage(HttpMethod.Post, new Uri($"loads/{dataset}", UriKind.Relative)) { Content = content };
    }

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        journey.WriteCsvAsync(dataset, stream, progress, cancellationToken);

    /// <summary>The length is known only when everything was made.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
