using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Ingestion.Service;

/// <summary>The settings of the section <c>Ingestion</c>.</summary>
internal sealed class IngestionOptions
{
    internal const string Section = "Ingestion";

    /// <summary>Largest request body in bytes; a larger one is answered with 413.</summary>
    [Range(1, long.MaxValue)]
    public long MaxRequestBytes { get; set; } = 4L << 30;

    /// <summary>Largest content after decompression, in bytes.</summary>
    [Range(1, long.MaxValue)]
    public long MaxDecompressedBytes { get; set; } = 8L << 30;

    /// <summary>How many times larger than its compressed form content may be. Panel data compresses 4 to 20 times, gzip can do 1,032.</summary>
    [Range(2, int.MaxValue)]
    public int MaxCompressionRatio { get; set; } = 250;

    /// <summary>Longest row in bytes, line breaks in quotes included.</summary>
    [Range(1_024, 64 << 20)]
    public int MaxRowBytes { get; set; } = 1 << 20;

    /// <summary>The error budget: the share of rows that may be quarantined before the load fails, in percent.</summary>
    [Range(0, 100)]
    public double MaxQuarantinedPercent { get; set; } = 1;

    /// <summary>Quarantined rows that are tolerated whatever their share, so that small files work.</summary>
    [Range(0, long.MaxValue)]
    public long MinQuarantinedRows { get; set; } = 10;

    /// <summary>Rows kept for reading when a load fails.</summary>
    [Range(0, int.MaxValue)]
    public int KeptRowsOfFailedLoad { get; set; } = 10_000;

    /// <summary>A load with more quarantined rows than this fails, whatever its budget: they are kept on disk until it is committed.</summary>
    [Range(0, int.MaxValue)]
    public int MaxQuarantinedRows { get; set; } = 1_000_000;

    /// <summary>Quarantined rows that one request may mend: they are held in memory.</summary>
    [Range(1, 1_000_000)]
    public int MaxReplayedRows { get; set; } = 50_000;

    /// <summary>Uploads of one key that may be under way at once; one more is answered with 429.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentUploads { get; set; } = 32;

    /// <summary>Resumable uploads of one key that are not finished; one more is answered with 429.</summary>
    [Range(1, 100_000)]
    public int MaxStoredUploads { get; set; } = 500;

    /// <summary>Bytes that the unfinished resumable uploads of one key announce together.</summary>
    [Range(1, long.MaxValue)]
    public long MaxStoredUploadBytes { get; set; } = 64L << 30;

    /// <summary>Free bytes on the lake's disk below which no upload begins: it is answered with 507. Unless set, 512 MiB, on a small disk a twentieth of it.</summary>
    [Range(0, long.MaxValue)]
    public long? DiskReserveBytes { get; set; }

    /// <summary>Requests of one key that may be answered at once; one more is answered with 429.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentRequests { get; set; } = 128;

    /// <summary>Slowest upload in bytes per second, measured after a grace of a few seconds; a slower one is answered with 408.</summary>
    [Range(1, double.MaxValue)]
    public double MinBytesPerSecond { get; set; } = 1_024;

    /// <summary>Requests per second and key; bursts may be twice as large.</summary>
    [Range(1, int.MaxValue)]
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>Quarantined rows that a dry run shows.</summary>
    [Range(0, 10_000)]
    public int DryRunRows { get; set; } = 20;

    /// <summary>How long an <c>Idempotency-Key</c> and its answer are kept.</summary>
    public TimeSpan IdempotencyKeyLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an upload ticket is good for, at most an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a resumable upload may lie without a byte coming, and how long its result can be asked for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often resumable uploads are looked through for expired ones and for ones whose loading was interrupted.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan UploadScanInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A folder whose files are loaded as they appear; none when empty.</summary>
    public string? WatchFolder { get; set; }

    /// <summary>How long the size and time of a file in the watch folder must stay the same before it counts as whole.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan WatchStableFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the watch folder is looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(1);
}
