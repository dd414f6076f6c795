using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Pages;

/// <summary>A choice between yes, no and all.</summary>
public sealed partial class FlagFilter
{
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public bool? Value { get; set; }

    [Parameter]
    public EventCallback<bool?> ValueChanged { get; set; }

    private Task ChangeAsync(ChangeEventArgs change) => ValueChanged.InvokeAsync(change.Value?.ToString() switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    });
}
