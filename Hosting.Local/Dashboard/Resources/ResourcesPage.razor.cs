using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Telemetry;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>The resources as they stand: a table, a graph of what refers to what, or the parameters; one of them in detail beside it.</summary>
public sealed partial class ResourcesPage : LiveComponent
{
    private IReadOnlyList<ResourceView> _all = [];
    private IReadOnlyList<ResourceView> _shown = [];
    private CommandOutcome? _outcome;

    /// <summary>Null for the table, <c>graph</c> or <c>parameters</c>.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    /// <summary>Part of a name, type or state.</summary>
    [SupplyParameterFromQuery]
    public string? Filter { get; set; }

    /// <summary>Id or name of the one shown in detail.</summary>
    [SupplyParameterFromQuery]
    public string? Resource { get; set; }

    [Inject]
    private ResourceViews Views { get; set; } = null!; // Injected.

    [Inject]
    private TelemetryStore Store { get; set; } = null!; // Injected.

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    private ResourceView? Chosen => _all.FirstOrDefault(view => IsCalled(view.Id)) ?? _all.FirstOrDefault(view => IsCalled(view.Name));

    protected override void OnInitialized() => Follow(Store.Changes, TelemetrySignal.Resources, () =>
    {
        Read();
        return true;
    });

    protected override void OnParametersSet() => Read();

    private bool IsCalled(string name) => string.Equals(name, Resource, StringComparison.OrdinalIgnoreCase);

    private void Read()
    {
        var parameters = string.Equals(View, "parameters", StringComparison.Ordinal);
        _all = [.. Views.List().Where(view => view.IsValue == parameters)];
        _shown = string.IsNullOrWhiteSpace(Filter) ? _all : [.. _all.Where(Matches)];
    }

    private bool Matches(ResourceView view) =>
        new[] { view.DisplayName, view.Type, view.State, view.Source }.Any(text => text.Contains(Filter?.Trim() ?? string.Empty, StringComparison.OrdinalIgnoreCase));

    private string Address(string? view, string? resource = null) => Navigation.GetUriWithQueryParameters(
        "/resources", new Dictionary<string, object?>(StringComparer.Ordinal) { ["view"] = view, ["filter"] = Filter, ["resource"] = resource });

    private void Search(string? filter) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("filter", filter), replace: true);

    private void CloseDetails() => Navigation.NavigateTo(Address(View));

    private async Task Execute(ResourceCommandRequest request)
    {
        _outcome = null;
        var result = await Views.ExecuteAsync(request.Resource.Id, request.Command.Name, CancellationToken.None);
        _outcome = new CommandOutcome(
            result.Success,
            result.Success ? $"{request.Command.DisplayName}: done for {request.Resource.DisplayName}." : $"{request.Command.DisplayName} of {request.Resource.DisplayName} failed: {result.ErrorMessage}");
    }

    private sealed record CommandOutcome(bool Success, string Message);
}
