namespace Dunnhumby.ServiceDefaults.Telemetry;

/// <summary>The activity sources and meters that every service exports.</summary>
public static class TelemetryNames
{
    /// <summary>Our own: each service names its source and its meter <c>Dunnhumby.{Service}</c>.</summary>
    public const string Own = "Dunnhumby.*";

    internal const string MassTransit = "MassTransit";
    internal const string Npgsql = "Npgsql";
}
