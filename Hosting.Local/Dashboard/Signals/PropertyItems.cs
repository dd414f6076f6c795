using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Dashboard.Signals;

/// <summary>Attributes as rows of a table.</summary>
internal static class PropertyItems
{
    /// <summary>The stack trace is left out: it has its own place.</summary>
    public static IReadOnlyList<PropertyItem> Of(TelemetryAttributes attributes)
    {
        var items = attributes.Items
            .Where(item => item.Key is not "exception.stacktrace")
            .DistinctBy(item => item.Key, StringComparer.Ordinal)
            .OrderBy(item => item.Key, StringComparer.OrdinalIgnoreCase)
            .Select(item => new PropertyItem(item.Key, item.Value));
        return attributes.Dropped == 0 ? [.. items] : [.. items, new PropertyItem("(dropped)", $"{attributes.Dropped} more")];
    }
}
