namespace Dunnhumby.Insights.Api.Versions;

/// <summary>The version that this instance serves. Reading it costs nothing; looking for a newer one is <see cref="VersionWatcher"/>'s part.</summary>
internal sealed partial class CurrentVersion(VersionQueries queries, ILogger<CurrentVersion> logger) : IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile PublishedVersion? _served;

    /// <summary>The version served; the first call may have to look it up.</summary>
    internal ValueTask<PublishedVersion> GetAsync(CancellationToken cancellationToken) =>
        _served is { } served ? ValueTask.FromResult(served) : new ValueTask<PublishedVersion>(RefreshAsync(cancellationToken));

    /// <summary>Looks the newest version up and serves it from now on.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer; what was served stays.</exception>
    internal async Task<PublishedVersion> RefreshAsync(CancellationToken cancellationToken)
    {
        // One at a time, so that a slow look-up cannot put an older version back.
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var newest = await queries.NewestAsync(cancellationToken);
            if (_served is { } served && (served.Answer.Version, served.Answer.PublishedAt, served.Answer.HeldSince, served.Answer.FailedRun?.Id) == newest)
            {
                return served;
            }

            using var activity = InsightsTelemetry.Source.StartActivity("switch version");
            var found = await queries.LoadAsync(cancellationToken);
            activity?.SetTag("dunnhumby.insights.version", found.Answer.Version);
            InsightsTelemetry.Version.Record(found.Answer.Version);
            Log.Serving(logger, found.Answer.Version, found.Answer.Tables.Count, found.Answer.Loads.Count);
            _served = found;
            return found;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Serving insights version {Version}: {Tables} tables from {Loads} loads")]
        public static partial void Serving(ILogger logger, int version, int tables, int loads);
    }
}
