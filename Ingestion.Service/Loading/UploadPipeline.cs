using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading;
using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>
/// Takes one file from its first byte to the committed load: body → decompression → SHA-256 → rows → Parquet aside → renamed into the lake → one
/// transaction. Whatever goes wrong on the way, neither a load nor a file stays. Knows nothing of HTTP: any stream will do.
/// </summary>
internal sealed partial class UploadPipeline(
    UploadReader reader,
    LoadCommits commits,
    LoadRegister register,
    DryRuns dryRuns,
    RunningUploads running,
    TimeProvider time,
    ILogger<UploadPipeline> logger)
{
    internal async Task<UploadOutcome> RunAsync(Upload upload, CancellationToken cancellationToken)
    {
        // Fails fast, before a large file is read, when the database is away.
        var id = await register.NextIdAsync(cancellationToken);
        using var progress = running.Begin(id, upload, time.GetCatalogNow());
        progress.Outcome = await RunAsync(upload, progress, cancellationToken);
        return progress.Outcome;
    }

    private async Task<UploadOutcome> RunAsync(Upload upload, UploadProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var staged = await reader.ReadAsync(upload, progress, cancellationToken);
            if (upload.IsDryRun)
            {
                return new UploadOutcome.Checked(await dryRuns.CheckAsync(staged, cancellationToken));
            }

            var outcomes = await commits.CommitAsync([staged], batch: null, cancellationToken);
            return outcomes[0];
        }
        catch (RejectedContentException refused)
        {
            Log.Refused(logger, upload.Table.Name, refused.Rejection.Code, refused.Rejection.Line);
            return new UploadOutcome.Refused(refused.Rejection);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "An upload of {Dataset} was refused: {Code}, line {Line}")]
        public static partial void Refused(ILogger logger, string dataset, string code, long? line);
    }
}

/// <summary>How an upload ended.</summary>
internal abstract record UploadOutcome
{
    /// <summary>A new load.</summary>
    internal sealed record Created(Load Load) : UploadOutcome;

    /// <summary>The same content was loaded before.</summary>
    internal sealed record Known(Load Load) : UploadOutcome;

    /// <summary>More rows were quarantined than the budget allows: nothing was loaded.</summary>
    internal sealed record OverBudget(Load Load) : UploadOutcome;

    /// <summary>The file was refused: there is no load.</summary>
    internal sealed record Refused(Rejection Rejection) : UploadOutcome;

    /// <summary>A dry run: nothing was loaded.</summary>
    internal sealed record Checked(UploadCheck Check) : UploadOutcome;
}
