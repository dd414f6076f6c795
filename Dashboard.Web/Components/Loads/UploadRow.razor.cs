using Dunnhumby.Contracts.Loads;
using Dunnhumby.Dashboard.Web.Uploads;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Loads;

/// <summary>One file: its data set, its progress and what came of it.</summary>
public sealed partial class UploadRow
{
    [Parameter, EditorRequired]
    public required UploadItem Item { get; set; }

    /// <summary>Another data set was chosen.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    /// <summary>Pause, or go on.</summary>
    [Parameter]
    public EventCallback OnPause { get; set; }

    private string Said => Item.State switch
    {
        UploadState.Waiting => "waiting for its turn",
        UploadState.Sending => $"sending, {Item.Percent:0} %",
        UploadState.Paused => $"paused at {Item.Percent:0} %",
        UploadState.Reconnecting => $"connection lost at {Item.Percent:0} %; trying again",
        UploadState.Processing => "sent; rows are being checked and stored",
        UploadState.Loaded => "loaded",
        UploadState.Known => "already loaded: nothing changed",
        UploadState.Failed when Item.Load is { State: LoadStates.Failed } => "too many bad rows: nothing was loaded",
        UploadState.Failed when Item.Batch is { State: BatchStates.Partial } => "loaded in part",
        UploadState.Failed => "not loaded",
        _ => "",
    };
}
