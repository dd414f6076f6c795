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

    /// <summary>Slowest upload in bytes per second, measured after a grace of a few seconds; a slower one is answered with 408.</summary>
    [Range(1, double.MaxValue)]
    public double MinBytesPerSecond { get; set; } = 1_024;

    /// <summary>Requests per second and key; bursts may be twice as large.</summary>
    [Range(1, int.MaxValue)]
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>How long an upload ticket is good for.</summary>
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromMinutes(10);
}
