using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>Resources as boxes, their references as arrows: what depends on nothing is at the left.</summary>
public sealed partial class ResourceGraph
{
    private GraphLayout? _layout;

    [Parameter, EditorRequired]
    public IReadOnlyList<ResourceView> Resources { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<ResourceLink> Links { get; set; } = [];

    /// <summary>Id of the one whose details are open.</summary>
    [Parameter]
    public string? Selected { get; set; }

    [Parameter]
    public EventCallback<string> Select { get; set; }

    private GraphLayout Layout => _layout ??= GraphLayout.Of(Resources, Links);

    private string? SelectedName => Resources.FirstOrDefault(resource => string.Equals(resource.Id, Selected, StringComparison.Ordinal))?.Name;

    protected override void OnParametersSet() => _layout = null;

    private Task OnKey(KeyboardEventArgs key, string id) => key.Key is "Enter" or " " ? Select.InvokeAsync(id) : Task.CompletedTask;

    private static string Short(string text, int length = 22) => text.Length > length ? string.Concat(text.AsSpan(0, length - 1), "…") : text;
}
