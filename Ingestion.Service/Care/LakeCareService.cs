using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>Cares for the lake again and again. Every replica runs this; one of them has its turn.</summary>
internal sealed partial class LakeCareService(CareRounds rounds, IOptions<LakeCareOptions> options, TimeProvider time, ILogger<LakeCareService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await rounds.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested && IsOutage(failure))
            {
                Log.Postponed(logger, failure);
            }
        }
    }

    /// <summary>Whether the next round may succeed: the database is not available, or the disk is full or missing.</summary>
    private static bool IsOutage(Exception failure) =>
        failure is NpgsqlException or IOException or UnauthorizedAccessException or Microsoft.EntityFrameworkCore.DbUpdateException
        || failure is InvalidOperationException { InnerException: NpgsqlException };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of lake care could not be finished; the next one continues")]
        public static partial void Postponed(ILogger logger, Exception failure);
    }
}

internal static class LakeCareServices
{
    internal static void AddLakeCare(this IServiceCollection services)
    {
        services.AddOptions<LakeCareOptions>().BindConfiguration(LakeCareOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Merger>();
        services.AddSingleton<Compactor>();
        services.AddSingleton<LakeManifest>();
        services.AddSingleton<RetiredFiles>();
        services.AddSingleton<OrphanFiles>();
        services.AddSingleton<FileFaults>();
        services.AddSingleton<CareRounds>();
        services.AddHostedService<LakeCareService>();
        services.AddSingleton<LakeHealthCheck>();
        services.AddHealthChecks().AddCheck<LakeHealthCheck>("lake");
    }
}

/// <summary>When the lake's files are compacted and swept; section <c>LakeCare</c>.</summary>
internal sealed class LakeCareOptions
{
    internal const string Section = "LakeCare";

    /// <summary>Pause between rounds. A round that finds nothing to do reads a few rows and the names of the files.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Small files of neighbouring loads that are merged at the earliest.</summary>
    [Range(2, 10_000)]
    public int MinFiles { get; set; } = 16;

    /// <summary>Files of this size and more are left alone.</summary>
    [Range(1, long.MaxValue)]
    public long SmallFileBytes { get; set; } = 32 << 20;

    /// <summary>Merged files are about this large at most.</summary>
    [Range(1, long.MaxValue)]
    public long TargetBytes { get; set; } = 128 << 20;

    /// <summary>Files of so many rows are left alone, however small they are: sorting them takes memory and time by the row.</summary>
    [Range(1, long.MaxValue)]
    public long SmallFileRows { get; set; } = 250_000;

    /// <summary>Merged files have about so many rows at most: what <see cref="MemoryLimit"/> is enough for, measured with rows of which every one is a unit.</summary>
    [Range(1, long.MaxValue)]
    public long TargetRows { get; set; } = 4_000_000;

    /// <summary>Younger loads are not merged yet: a load with a lower number may still be on its way.</summary>
    public TimeSpan MinAge { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a file that was merged or withdrawn stays for readers that hold its name. Transform runs are waited for, however long they take.</summary>
    public TimeSpan ReaderGrace { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Files that the catalog does not know are removed when they are this old: longer than any upload takes between its first file and its commit.</summary>
    public TimeSpan OrphanGrace { get; set; } = TimeSpan.FromHours(6);

    /// <summary>DuckDB's memory limit while it merges; beyond it rows are sorted on disk.</summary>
    [Required]
    public string MemoryLimit { get; set; } = "128MB";

    /// <summary>Whether a file is to be merged with its neighbours.</summary>
    internal bool IsSmall(long bytes, long rows) => bytes < SmallFileBytes && rows < SmallFileRows;
}
