namespace Dunnhumby.Hosting.Local.Telemetry.Resources;

/// <summary>One process that sends telemetry: <c>service.name</c> and <c>service.instance.id</c> tell it from others.</summary>
public sealed class TelemetryResource
{
    private TelemetryAttributes _attributes;
    private long _lastSeenTicks;

    internal TelemetryResource(string name, string? instanceId, TelemetryAttributes attributes, DateTimeOffset seen)
    {
        Name = name;
        InstanceId = instanceId;
        Id = instanceId is null ? name : $"{name}-{instanceId}";
        _attributes = attributes;
        FirstSeen = seen;
        _lastSeenTicks = seen.UtcTicks;
    }

    /// <summary>Unique among resources, and what pages and the API use in addresses: the name and, when there is one, the instance.</summary>
    public string Id { get; }

    public string Name { get; }

    public string? InstanceId { get; }

    /// <summary>As last sent.</summary>
    public TelemetryAttributes Attributes => Volatile.Read(ref _attributes);

    public DateTimeOffset FirstSeen { get; }

    public DateTimeOffset LastSeen => new(Interlocked.Read(ref _lastSeenTicks), TimeSpan.Zero);

    /// <summary>Whether a filter means this resource: by its id, or by its name, which all its replicas share.</summary>
    public bool Matches(string? filter) =>
        string.IsNullOrEmpty(filter)
        || string.Equals(filter, Id, StringComparison.OrdinalIgnoreCase)
        || string.Equals(filter, Name, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Id;

    internal bool Update(TelemetryAttributes attributes, DateTimeOffset seen)
    {
        Interlocked.Exchange(ref _lastSeenTicks, seen.UtcTicks);
        if (attributes.Equals(Attributes))
        {
            return false;
        }

        Volatile.Write(ref _attributes, attributes);
        return true;
    }
}
