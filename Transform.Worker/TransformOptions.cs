using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Transform.Worker;

/// <summary>How runs are gathered, leased, computed and kept, from the section <c>Transform</c>.</summary>
internal sealed class TransformOptions
{
    internal const string Section = "Transform";

    /// <summary>
    /// A run starts when no request has joined it for this long. It starts at once when no load is being read, unless a run that took longer than this has ended
    /// within <see cref="MaxGather"/> and had several requests, or this one came during it.
    /// </summary>
    public TimeSpan GatherWindow { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A run starts at the latest this long after its first request.</summary>
    public TimeSpan MaxGather { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a worker looks for runs that other processes asked for.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a worker looks for completed loads that no run covers.</summary>
    public TimeSpan ReconcileInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A worker that has not renewed its lease for this long loses its run to another.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a run is tried, and how often an abandoned one is taken over, before it stays failed.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Pause before a failed run is retried, multiplied by the number of attempts.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long going back to a former version waits for a run in progress.</summary>
    public TimeSpan GoBackPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many published versions stay, the current one included.</summary>
    [Range(1, 1000)]
    public int KeepVersions { get; set; } = 5;

    /// <summary>Quartz cron expression (UTC) of regular runs; empty for none.</summary>
    public string Schedule { get; set; } = "0 15 3 * * ?";

    /// <summary>DuckDB's threads; 0 for one per processor.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>DuckDB's memory limit, for example <c>2GB</c>; beyond it, it spills to <see cref="TempDirectory"/>.</summary>
    [Required]
    public string MemoryLimit { get; set; } = "2GB";

    /// <summary>Where DuckDB spills; empty for a new folder with an unpredictable name in the system's temporary directory.</summary>
    public string TempDirectory { get; set; } = "";

    /// <summary>
    /// A run brings the tables of the last one up to date when the loads that came and went have at most this share of a data set's rows; otherwise it makes all
    /// tables anew, which is faster then. With 0 every run does, and none keeps its tables.
    /// </summary>
    [Range(0, double.MaxValue)]
    public double RefreshUpTo { get; set; } = 0.2;

    /// <summary>
    /// Where the tables of the last run are kept, so that the next one makes only what changed; a folder of this worker alone. Empty for a private one in
    /// <see cref="TempDirectory"/>. It may be deleted at any time while the worker is stopped.
    /// </summary>
    public string CacheDirectory { get; set; } = "";

    /// <summary>Where files are kept that this worker can make again.</summary>
    internal string CacheFolder => CacheDirectory.Length > 0 ? CacheDirectory : Path.Combine(TempDirectory, "cache");
}
