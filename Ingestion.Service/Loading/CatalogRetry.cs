using Dunnhumby.Lake.Catalog;
using Polly;
using Polly.Retry;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>
/// Rides out a short outage of the database, such as a restart, when a whole file has been read already: about five seconds, then the upload fails. Work whose
/// outcome is not known is not repeated.
/// </summary>
internal static class CatalogRetry
{
    private const int Retries = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    internal static ResiliencePipeline Create(TimeProvider time) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } failure and not CommitUnknownException && DatabaseOutage.IsIn(failure)),
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            UseJitter = true,
        })
        .Build();
}
