namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal sealed record ApiSpanEvent(DateTimeOffset Time, string Name, IReadOnlyDictionary<string, string> Attributes);
