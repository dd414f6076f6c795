using System.Runtime.InteropServices;
using System.Text.Json;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>
/// Loads the files that appear in the watch folder, one after the other. Looks again and again instead of waiting for events: those are not sent for
/// shared folders, and get lost.
/// </summary>
internal sealed partial class FolderWatcher(
    WatchFolder folder,
    FileIntake intake,
    IngestionTelemetry telemetry,
    IOptions<IngestionOptions> options,
    TimeProvider time,
    ILogger<FolderWatcher> logger) : BackgroundService
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerOptions.Web) { WriteIndented = true };

    private readonly StableFiles _stable = new(options.Value.WatchStableFor, time);
    private bool _isTroubled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!folder.IsConfigured)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.WatchInterval, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
                _isTroubled = false;
            }
            catch (Exception outage) when (OutageHandler.IsOutage(outage))
            {
                // Said once per outage, not once per look. The files stay where they are.
                if (!_isTroubled)
                {
                    Log.Postponed(logger, outage);
                }

                _isTroubled = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        folder.Create();
        foreach (var file in folder.Working().ToList())
        {
            await WorkAsync(file, cancellationToken);
        }

        foreach (var dropped in _stable.Among(folder.Dropped()))
        {
            if (folder.TryTake(dropped) is { } file)
            {
                await WorkAsync(file, cancellationToken);
            }
        }
    }

    private async Task WorkAsync(FileInfo file, CancellationToken cancellationToken)
    {
        using var held = folder.TryLock(file);
        file.Refresh();
        if (held is null || !file.Exists || file.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return;
        }

        var (length, changed) = (file.Length, file.LastWriteTimeUtc);
        var report = await LoadAsync(file, cancellationToken);
        file.Refresh();
        if (file.Length != length || file.LastWriteTimeUtc != changed)
        {
            // Its writer only paused. What was loaded is a part; the whole file, loaded next, replaces it.
            Log.StillWritten(logger, file.Name);
            return;
        }

        var outcome = Outcome(report);
        var target = await folder.FileAsync(
            file,
            report.Problem is null,
            name => JsonSerializer.SerializeToUtf8Bytes(new WatchReport(name, outcome, time.GetUtcNow(), report.Loads, report.Problem), Readable),
            CancellationToken.None);
        Log.Filed(logger, target, outcome);
    }

    private async Task<IntakeReport> LoadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (DatasetFiles.DatasetOf(file.Name) is not { } dataset && !DatasetFiles.IsArchive(file.Name))
        {
            return FileIntake.Refused(FileIntake.UnknownDataset(dataset: null));
        }

        using var activity = telemetry.Activities.StartActivity("ingestion load watched file");
        activity?.SetTag("dunnhumby.file", file.Name);

        // Not opened when empty: a named pipe looks empty, and opening one waits for ever.
        await using var content = file.Length == 0 ? Stream.Null : new FileStream(file.FullName, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        });
        return await intake.LoadAsync(new IntakeFile(file.Name, DatasetFiles.DatasetOf(file.Name), file.Length, Sha256: null, ErrorBudget.Default(options.Value)) { By = Actors.WatchedFolder }, content, cancellationToken);
    }

    private static string Outcome(IntakeReport report) => report switch
    {
        { Problem: not null } => "refused",
        { Loads: var loads } when loads.Any(load => load.IsNew) => "loaded",
        _ => "known",
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Watched file filed as {Path}: {Outcome}")]
        public static partial void Filed(ILogger logger, string path, string outcome);

        [LoggerMessage(LogLevel.Warning, "{File} in the watch folder changed while it was loaded; it is loaded again")]
        public static partial void StillWritten(ILogger logger, string file);

        [LoggerMessage(LogLevel.Warning, "Files in the watch folder wait: they cannot be loaded now")]
        public static partial void Postponed(ILogger logger, Exception outage);
    }
}

/// <summary>What lies beside a file in <c>done/</c> or <c>failed/</c>.</summary>
/// <param name="File">The file's name there.</param>
/// <param name="Outcome"><c>loaded</c>, <c>known</c> (the content had been loaded before: nothing changed) or <c>refused</c>.</param>
/// <param name="FinishedAt">When.</param>
/// <param name="Loads">The loads it led to.</param>
/// <param name="Problem">Why it was refused, as problem details.</param>
internal sealed record WatchReport(string File, string Outcome, DateTimeOffset FinishedAt, IReadOnlyList<UploadedLoad> Loads, JsonElement? Problem);

/// <summary>Tells when a file has stopped changing: nothing in a file system says that a copy is complete.</summary>
internal sealed class StableFiles(TimeSpan quiet, TimeProvider time)
{
    private readonly Dictionary<string, Glance> _looks = new(StringComparer.Ordinal);

    /// <summary>Those that look as they did for the whole quiet time. Files that are gone are forgotten.</summary>
    internal List<FileInfo> Among(IEnumerable<FileInfo> files)
    {
        List<FileInfo> stable = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var file in files)
        {
            seen.Add(file.Name);
            var (length, changed) = (file.Length, file.LastWriteTimeUtc);
            if (!_looks.TryGetValue(file.Name, out var look) || look.Length != length || look.Changed != changed)
            {
                _looks[file.Name] = new Glance(length, changed, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(look.Since) >= quiet)
            {
                stable.Add(file);
            }
        }

        foreach (var gone in _looks.Keys.Where(name => !seen.Contains(name)).ToList())
        {
            _looks.Remove(gone);
        }

        return stable;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Glance(long Length, DateTime Changed, long Since);
}
