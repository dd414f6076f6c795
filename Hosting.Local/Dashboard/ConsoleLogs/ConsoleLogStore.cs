using Dunnhumby.Hosting.Local.Telemetry;

namespace Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;

/// <summary>What resources wrote to their consoles: the newest <see cref="LinesPerResource"/> lines of each, in memory. Thread-safe.</summary>
internal sealed class ConsoleLogStore(TelemetryStore telemetry, TimeProvider time)
{
    public const int LinesPerResource = 10_000;

    /// <summary>UTF-16 characters of one line; the rest is cut.</summary>
    public const int LineLength = 16_384;

    // What keeps ten thousand huge lines from filling the memory.
    private const int TextPerResource = 16_000_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lines> _byResource = new(StringComparer.OrdinalIgnoreCase);
    private long _sequence;

    public void Add(string resourceId, string text, ConsoleSource source)
    {
        var kept = text.Length > LineLength ? string.Concat(text.AsSpan(0, LineLength - 1), "…") : text;
        lock (_gate)
        {
            if (!_byResource.TryGetValue(resourceId, out var lines))
            {
                _byResource.Add(resourceId, lines = new Lines());
            }

            lines.Buffer.Add(new ConsoleLine(++_sequence, resourceId, time.GetUtcNow(), kept, source));
            lines.Text += kept.Length;
            while (lines.Buffer.Count > LinesPerResource || lines.Text > TextPerResource)
            {
                lines.Text -= lines.Buffer.DropOldest().Text.Length;
            }
        }

        telemetry.Changes.Raise(TelemetrySignal.Console);
    }

    /// <summary>The lines of the resources with these ids, or of all, in the order of their arrival.</summary>
    public IReadOnlyList<ConsoleLine> Read(IReadOnlyCollection<string>? resourceIds)
    {
        List<ConsoleLine> lines = [];
        lock (_gate)
        {
            foreach (var (id, own) in _byResource)
            {
                if (resourceIds is null || resourceIds.Contains(id, StringComparer.OrdinalIgnoreCase))
                {
                    lines.AddRange(own.Buffer.ToArray());
                }
            }
        }

        lines.Sort((left, right) => left.Sequence.CompareTo(right.Sequence));
        return lines;
    }

    /// <summary>Forgets the lines of the resources with these ids, or all.</summary>
    public void Clear(IReadOnlyCollection<string>? resourceIds)
    {
        lock (_gate)
        {
            foreach (var id in _byResource.Keys.Where(id => resourceIds is null || resourceIds.Contains(id, StringComparer.OrdinalIgnoreCase)).ToArray())
            {
                _byResource.Remove(id);
            }
        }

        telemetry.Changes.Raise(TelemetrySignal.Console);
    }

    private sealed class Lines
    {
        public DropOldestBuffer<ConsoleLine> Buffer { get; } = new();

        public long Text { get; set; }
    }
}
