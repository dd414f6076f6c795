using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>Attributes as a JSON object; of a name that is there twice, the first value.</summary>
internal static class ApiAttributes
{
    public static IReadOnlyDictionary<string, string> Of(TelemetryAttributes attributes) =>
        attributes.Items.DistinctBy(item => item.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
}
