using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Logs;

/// <summary>Error logs per resource since somebody last looked. Thread-safe.</summary>
public sealed class UnviewedErrors
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TelemetryResource, int> _counts = [];

    internal UnviewedErrors()
    {
    }

    /// <summary>Counts by resource id; resources without any are not listed.</summary>
    public IReadOnlyDictionary<string, int> Counts()
    {
        lock (_gate)
        {
            // An evicted resource that came back is a new object with the same id.
            return _counts.GroupBy(count => count.Key.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Sum(count => count.Value), StringComparer.Ordinal);
        }
    }

    /// <summary>Somebody looks at the logs of this resource (its id or name), or of all.</summary>
    public void MarkViewed(string? resource = null)
    {
        lock (_gate)
        {
            foreach (var viewed in _counts.Keys.Where(counted => counted.Matches(resource)).ToList())
            {
                _counts.Remove(viewed);
            }
        }
    }

    internal void Add(TelemetryResource resource)
    {
        lock (_gate)
        {
            _counts[resource] = _counts.GetValueOrDefault(resource) + 1;
        }
    }

    internal void Forget(TelemetryResource resource)
    {
        lock (_gate)
        {
            _counts.Remove(resource);
        }
    }
}
