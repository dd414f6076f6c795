using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>What every chart comes with: a heading, a summary in one line, and the same figures as a table on demand.</summary>
public sealed partial class ChartFrame
{
    private bool _open;

    /// <summary>Id of the frame; its parts are named after it.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What the chart says, in one line of text.</summary>
    [Parameter, EditorRequired]
    public required string Summary { get; set; }

    /// <summary>Switches that belong to the chart.</summary>
    [Parameter]
    public RenderFragment? Controls { get; set; }

    [Parameter]
    public RenderFragment? Legend { get; set; }

    /// <summary>The table twin; rendered only while it is open.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment Table { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
