using Dunnhumby.Hosting.Local.Telemetry.Changes;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Logs;

/// <summary>The newest logs, up to <see cref="TelemetryLimits.Logs"/>. Thread-safe; readers work on a snapshot and do not hold writers up.</summary>
public sealed class LogStore
{
    private readonly Lock _gate = new();
    private readonly DropOldestBuffer<TelemetryLog> _logs = new();
    private readonly TelemetryLimits _limits;
    private readonly TelemetryChanges _changes;
    private long _sequence;
    private long _text;

    internal LogStore(IOptions<TelemetryLimits> limits, TelemetryChanges changes)
    {
        _limits = limits.Value;
        _changes = changes;
    }

    public UnviewedErrors UnviewedErrors { get; } = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _logs.Count;
            }
        }
    }

    /// <summary>The matching logs by time, newest first unless the query says otherwise.</summary>
    public TelemetryPage<TelemetryLog> Query(LogQuery query)
    {
        var matches = Array.FindAll(Snapshot(), query.Accepts);
        var direction = query.OldestFirst ? 1 : -1;
        Array.Sort(matches, (left, right) => direction * (left.Time.CompareTo(right.Time) is var byTime and not 0 ? byTime : left.Sequence.CompareTo(right.Sequence)));
        return new TelemetryPage<TelemetryLog>([.. matches.Skip(query.Offset).Take(query.Count)], query.Offset, matches.Length);
    }

    /// <summary>The log with this <see cref="TelemetryLog.Sequence"/>, or null when it was dropped or never came.</summary>
    public TelemetryLog? Find(long sequence) => Array.Find(Snapshot(), log => log.Sequence == sequence);

    /// <summary>Names of the attributes in use, sorted: what a filter can be made of.</summary>
    public IReadOnlyList<string> AttributeNames(string? resource = null) =>
        [.. Snapshot().Where(log => log.Resource.Matches(resource)).SelectMany(log => log.Attributes.Items).Select(item => item.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Forgets the logs of a resource (its id or name), or all.</summary>
    public void Clear(string? resource = null)
    {
        lock (_gate)
        {
            var kept = Array.FindAll(_logs.ToArray(), log => !log.Resource.Matches(resource));
            _logs.Clear();
            _text = 0;
            foreach (var log in kept)
            {
                _logs.Add(log);
                _text += log.TextLength;
            }
        }

        UnviewedErrors.MarkViewed(resource);
        _changes.Raise(TelemetrySignal.Logs);
    }

    internal void Add(IReadOnlyList<TelemetryLog> logs)
    {
        lock (_gate)
        {
            foreach (var log in logs)
            {
                log.Sequence = ++_sequence;
                _logs.Add(log);
                _text += log.TextLength;
                while (_logs.Count > _limits.Logs || (_text > _limits.TextPerSignal && _logs.Count > 1))
                {
                    _text -= _logs.DropOldest().TextLength;
                }
            }
        }

        foreach (var log in logs)
        {
            if (log.IsError)
            {
                UnviewedErrors.Add(log.Resource);
            }
        }

        _changes.Raise(TelemetrySignal.Logs);
    }

    private TelemetryLog[] Snapshot()
    {
        lock (_gate)
        {
            return _logs.ToArray();
        }
    }
}
