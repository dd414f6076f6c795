using Dunnhumby.Dashboard.Web.Clients;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.States;

/// <summary>Why there is nothing to see, and what to do.</summary>
public sealed partial class TroubleState
{
    [Parameter, EditorRequired]
    public required Trouble Trouble { get; set; }

    [Parameter]
    public EventCallback OnRetry { get; set; }
}
