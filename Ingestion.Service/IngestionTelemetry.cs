using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dunnhumby.Ingestion.Service;

/// <summary>The service's spans and measurements.</summary>
internal sealed class IngestionTelemetry : IDisposable
{
    internal const string Name = "Dunnhumby.Ingestion";

    private readonly Meter _meter;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _quarantined;

    public IngestionTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _rows = _meter.CreateCounter<long>("dunnhumby.ingestion.rows", "{row}", "Rows read, by data set and what became of them.");
        _bytes = _meter.CreateCounter<long>("dunnhumby.ingestion.bytes", "By", "Decompressed bytes read, by data set.");
        _quarantined = _meter.CreateCounter<long>("dunnhumby.ingestion.quarantined", "{row}", "Rows quarantined, by data set and reason.");
    }

    internal ActivitySource Activities { get; } = new(Name);

    internal void Count(Contracts.Loads.Load load, IReadOnlyDictionary<string, long> quarantinedByReason)
    {
        var dataset = new KeyValuePair<string, object?>("dunnhumby.dataset", load.Dataset);
        _bytes.Add(load.Bytes, dataset);
        _rows.Add(load.Loaded, dataset, new("dunnhumby.outcome", "loaded"));
        _rows.Add(load.Deduplicated, dataset, new("dunnhumby.outcome", "deduplicated"));
        _rows.Add(load.Quarantined, dataset, new("dunnhumby.outcome", "quarantined"));
        foreach (var (reason, rows) in quarantinedByReason)
        {
            _quarantined.Add(rows, dataset, new("dunnhumby.reason", reason));
        }
    }

    public void Dispose()
    {
        Activities.Dispose();
        _meter.Dispose();
    }
}
