using Dunnhumby.Hosting.Local.Telemetry.Changes;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Resources;

/// <summary>The resources that sent telemetry. Thread-safe.</summary>
public sealed class ResourceDirectory
{
    private const string ServiceName = "service.name";
    private const string InstanceId = "service.instance.id";

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, string? InstanceId), TelemetryResource> _resources = [];
    private readonly TelemetryChanges _changes;
    private readonly TimeProvider _time;
    private readonly Action<TelemetryResource> _evicted;
    private readonly int _limit;

    /// <param name="evicted">Called, outside any lock, for a resource that made room for a newer one.</param>
    internal ResourceDirectory(IOptions<TelemetryLimits> limits, TelemetryChanges changes, TimeProvider time, Action<TelemetryResource> evicted)
    {
        _evicted = evicted;
        _limit = limits.Value.Resources;
        _changes = changes;
        _time = time;
    }

    /// <summary>Ordered by name, then instance.</summary>
    public IReadOnlyList<TelemetryResource> List()
    {
        lock (_gate)
        {
            return [.. _resources.Values.OrderBy(resource => resource.Name, StringComparer.OrdinalIgnoreCase).ThenBy(resource => resource.InstanceId, StringComparer.Ordinal)];
        }
    }

    public TelemetryResource? Find(string id) => List().FirstOrDefault(resource => string.Equals(resource.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>What to call the resource in a list: its name, with its instance when there are replicas.</summary>
    public string DisplayName(TelemetryResource resource)
    {
        lock (_gate)
        {
            return _resources.Keys.Count(key => string.Equals(key.Name, resource.Name, StringComparison.Ordinal)) > 1 ? resource.Id : resource.Name;
        }
    }

    internal TelemetryResource GetOrAdd(TelemetryAttributes attributes)
    {
        var name = attributes.Find(ServiceName) is { Length: > 0 } given ? given : "unknown_service";
        var instance = attributes.Find(InstanceId) is { Length: > 0 } id ? id : null;
        var now = _time.GetUtcNow();
        TelemetryResource? resource;
        TelemetryResource? evicted = null;
        bool changed;
        lock (_gate)
        {
            if (_resources.TryGetValue((name, instance), out resource))
            {
                changed = resource.Update(attributes, now);
            }
            else
            {
                if (_resources.Count >= _limit && _resources.Values.MinBy(known => known.LastSeen) is { } leastRecent)
                {
                    _resources.Remove((leastRecent.Name, leastRecent.InstanceId));
                    evicted = leastRecent;
                }

                resource = new TelemetryResource(name, instance, attributes, now);
                _resources.Add((name, instance), resource);
                changed = true;
            }
        }

        if (evicted is not null)
        {
            _evicted(evicted);
        }

        if (changed)
        {
            _changes.Raise(TelemetrySignal.Resources);
        }

        return resource;
    }
}
