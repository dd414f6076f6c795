using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>
/// Takes one file from its first byte to the committed load: read and written aside → renamed into the lake → one transaction. Whatever goes wrong on the way,
/// neither a load nor a file stays. Knows nothing of HTTP: it takes any stream.
/// </summary>
internal sealed partial class UploadPipeline(
    RunningUploads running,
    FileReader reader,
    LoadRegister register,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<UploadPipeline> logger)
{
    internal async Task<UploadOutcome> RunAsync(Upload upload, CancellationToken cancellationToken)
    {
        // Fails fast, before a large file is read, if the database is not available.
        using var progress = await running.BeginAsync(upload, cancellationToken);
        progress.Outcome = await RunAsync(upload, progress, cancellationToken);
        return progress.Outcome;
    }

    private async Task<UploadOutcome> RunAsync(Upload upload, UploadProgress progress, CancellationToken cancellationToken)
    {
        if ((await StagedLoad.ReadAsync(upload, progress, reader, options.Value, time, cancellationToken)).IsRefused(out var rejection, out var staged))
        {
            Log.Refused(logger, upload.Table.Name, rejection.Code, rejection.Line);
            return new UploadOutcome.Refused(rejection);
        }

        await using (staged)
        {
            return upload.IsDryRun
                ? new UploadOutcome.Checked(await register.CheckAsync(staged, cancellationToken))
                : (await register.CommitAsync([staged], companion: null, cancellationToken))[0];
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
