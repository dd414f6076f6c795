using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>The two axes of a chart.</summary>
public sealed partial class ChartAxes
{
    [Parameter, EditorRequired]
    public required Plot Plot { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Tick> YTicks { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Tick> XTicks { get; set; }

    /// <summary>Labels begin at their tick (where a month starts) instead of being centred on it.</summary>
    [Parameter]
    public bool LabelsInside { get; set; } = true;

    private static string X(double value) => PathData.Number(value);
}
