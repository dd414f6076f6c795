using Dunnhumby.Dashboard.Web.Clients;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.States;

/// <summary>Loading, empty, error or data.</summary>
public sealed partial class InsightsStates
{
    [Parameter, EditorRequired]
    public required PageState State { get; set; }

    [Parameter]
    public Trouble? Trouble { get; set; }

    [Parameter]
    public EventCallback OnRetry { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }
}
