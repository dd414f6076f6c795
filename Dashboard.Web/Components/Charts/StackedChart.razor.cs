using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>Spend per section, stacked, as columns over time.</summary>
public sealed partial class StackedChart
{
    private const int MostTipLines = 6;

    private readonly Plot _plot = Plot.Wide;
    private StackedGeometry _geometry = null!; // Set with the parameters, before the first rendering.

    /// <summary>At least one.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<SpendBin> Bins { get; set; }

    [Parameter, EditorRequired]
    public required BinWidth Width { get; set; }

    /// <summary>Names in the order of the bins' amounts.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Sections { get; set; }

    /// <summary>The sections that are switched on, by place, from the bottom up.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<int> Order { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    protected override void OnParametersSet() => _geometry = new StackedGeometry(Bins, Order, Width, _plot);

    private static string N(double value) => PathData.Number(value);

    private string Tip(SpendBin bin)
    {
        var lines = Order.Where(section => bin.Amounts[section] > 0)
            .OrderByDescending(section => bin.Amounts[section])
            .Take(MostTipLines)
            .Select(section => $"{Format.Section(Sections[section])} {Format.Money(bin.Amounts[section])}");
        return string.Join('|', lines.Prepend($"{SpendBins.Name(bin.First, Width)} · {Format.Money(Order.Sum(section => bin.Amounts[section]))}"));
    }
}
