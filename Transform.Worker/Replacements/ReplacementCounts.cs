using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Inputs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Replacements;

/// <summary>
/// Counts what completed loads superseded and writes it into the catalog. Neither an upload nor a run waits for it: it works in the background, on one thread and
/// with little memory.
/// </summary>
internal sealed partial class ReplacementCounts(
    IDbContextFactory<LakeCatalog> catalogs,
    LakeInputsReader lake,
    LakeLayout layout,
    IOptions<TransformOptions> options,
    ILogger<ReplacementCounts> logger) : IDisposable
{
    private const long AdvisoryLock = 0x7265706C6163; // "replac"
    private const string MemoryLimit = "512MB";

    /// <summary>Kept between counts: when an engine ends, the process gives back all free memory of its engines, and a run that works meanwhile has to fetch it again.</summary>
    private Warehouse? _warehouse;

    /// <summary>Counts for every load that was not counted yet, unless another worker is doing so.</summary>
    internal async Task CountAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        if (!await catalog.Loads.AnyAsync(load => load.State == LoadStates.Completed && load.Replaced == null, cancellationToken))
        {
            return;
        }

        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (!await catalog.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({AdvisoryLock}) as \"Value\"").SingleAsync(cancellationToken))
        {
            return;
        }

        var uncounted = await catalog.Loads
            .Where(load => load.State == LoadStates.Completed && load.Replaced == null)
            .OrderBy(load => load.Id)
            .Select(load => load.Id)
            .ToListAsync(cancellationToken);
        var inputs = await lake.ReadAsync(cancellationToken);
        _warehouse ??= await Warehouse.OpenAsync(
            new TransformOptions { Threads = 1, MemoryLimit = MemoryLimit, TempDirectory = options.Value.TempDirectory },
            cancellationToken);
        foreach (var load in inputs.Loads.Where(load => uncounted.Contains(load.Id)))
        {
            var query = LakeTables.Find(load.Dataset) is { } table ? ReplacedRows.Query(table, load, inputs, layout) : null;
            var replaced = query is null ? 0 : await _warehouse.ScalarAsync(query, cancellationToken);
            await catalog.Loads.Where(row => row.Id == load.Id).ExecuteUpdateAsync(row => row.SetProperty(counted => counted.Replaced, replaced), cancellationToken);
            Log.Counted(logger, load.Id, load.Dataset, replaced);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public void Dispose() => _warehouse?.Dispose();

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Load {LoadId} of {Dataset} replaced {Rows} rows of older loads")]
        public static partial void Counted(ILogger logger, long loadId, string dataset, long rows);
    }
}

/// <summary>Looks for loads to be counted from time to time.</summary>
internal sealed partial class ReplacementLoop(
    ReplacementCounts counts,
    IOptions<TransformOptions> options,
    TimeProvider time,
    ILogger<ReplacementLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await counts.CountAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // An outage, or a file that was swept meanwhile: the count stays unknown until the next look.
                Log.NotCounted(logger, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Replaced rows could not be counted now")]
        public static partial void NotCounted(ILogger logger, Exception failure);
    }
}
