using System.Globalization;
using Dunnhumby.Hosting.Local.Dashboard.Signals;

namespace Dunnhumby.Hosting.Local.Dashboard.Metrics;

/// <summary>What the metrics page shows, as its address says it.</summary>
public sealed record MetricAddress
{
    public string? Resource { get; init; }

    public string? Meter { get; init; }

    public string? Instrument { get; init; }

    /// <summary>How far back.</summary>
    public int Minutes { get; init; } = MetricWindows.Usual;

    public bool IsTable { get; init; }

    /// <summary>Which lines, of those that the kind of instrument has; null for the usual ones.</summary>
    public string? Lines { get; init; }

    /// <summary>Per dimension, the values to keep; null among them stands for points that lack the dimension.</summary>
    public IReadOnlyList<(string Name, string? Value)> Dimensions { get; init; } = [];

    /// <summary>As <see cref="ToString"/> writes them: <c>name:value</c>, or <c>name</c> for points that lack it.</summary>
    public static IReadOnlyList<(string Name, string? Value)> ParseDimensions(IEnumerable<string>? texts) =>
    [
        .. (texts ?? []).Select(text => text.Split(':') switch
        {
            [var name, var value] => (Uri.UnescapeDataString(name), Uri.UnescapeDataString(value)),
            var parts => (Uri.UnescapeDataString(parts[0]), (string?)null),
        }),
    ];

    public override string ToString() => new PageQuery(Addresses.Metrics)
        .Add("resource", Resource)
        .Add("meter", Meter)
        .Add("instrument", Instrument)
        .Add("window", Minutes == MetricWindows.Usual ? null : Minutes.ToString(CultureInfo.InvariantCulture))
        .Add("view", IsTable ? "table" : null)
        .Add("lines", Lines)
        .Add("dim", Dimensions.Select(item => item.Value is null ? Uri.EscapeDataString(item.Name) : $"{Uri.EscapeDataString(item.Name)}:{Uri.EscapeDataString(item.Value)}"))
        .ToString();
}
