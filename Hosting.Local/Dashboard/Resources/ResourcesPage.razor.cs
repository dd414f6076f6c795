using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Telemetry;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>What the application consists of and how it is, live; filters, view and the shown resource live in the address.</summary>
public sealed partial class ResourcesPage : LiveComponent
{
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
    private IReadOnlyList<ResourceView> _resources = [];
    private IReadOnlyList<ResourceLink> _links = [];
    private IReadOnlyDictionary<string, int> _errors = new Dictionary<string, int>(StringComparer.Ordinal);
    private ResourceDetails? _details;
    private CommandOutcome? _outcome;
    private AskedCommand? _asked;

    [SupplyParameterFromQuery(Name = "view")]
    private string? View { get; set; }

    /// <summary>Id or name of the resource whose details are shown.</summary>
    [SupplyParameterFromQuery(Name = "resource")]
    private string? Shown { get; set; }

    [SupplyParameterFromQuery(Name = "text")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "type")]
    private string? Type { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    [Inject]
    private ResourceViews Views { get; set; } = null!; // Injected.

    [Inject]
    private ResourceInspector Inspector { get; set; } = null!; // Injected.

    [Inject]
    private TelemetryStore Store { get; set; } = null!; // Injected.

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    [Inject]
    private TimeProvider Time { get; set; } = null!; // Injected.

    private IReadOnlyList<ResourceView> Running => [.. _resources.Where(resource => !resource.IsValue)];

    private IReadOnlyList<ResourceView> Matches => [.. Running.Where(IsMatch)];

    private IEnumerable<string> States => Running.Select(resource => resource.ShownState).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private string CountText => Matches.Count == Running.Count ? $"{Running.Count} resources" : $"{Matches.Count} of {Running.Count} resources";

    protected override void OnInitialized() => Follow(Store.Changes, TelemetrySignal.Resources | TelemetrySignal.Logs, RefreshAsync);

    protected override async Task OnParametersSetAsync()
    {
        await RefreshAsync();
        _details = Shown is null ? null : await Inspector.InspectAsync(Shown);
    }

    // Telemetry comes in all the time; the page is rendered again only when it would differ.
    private async Task<bool> RefreshAsync()
    {
        var errors = Store.Logs.UnviewedErrors.Counts();
        var resources = Views.List();
        var changed = !errors.OrderBy(error => error.Key, StringComparer.Ordinal).SequenceEqual(_errors.OrderBy(error => error.Key, StringComparer.Ordinal))
            || !resources.SequenceEqual(_resources, ResourceViewComparer.Instance);
        if (changed)
        {
            (_errors, _resources) = (errors, resources);
            _links = Inspector.Links();
            _details = Shown is null ? null : await Inspector.InspectAsync(Shown);
        }

        return changed;
    }

    private bool IsMatch(ResourceView resource) =>
        (Type is null || string.Equals(Type, resource.Type, StringComparison.Ordinal))
        && (State is null || string.Equals(State, resource.ShownState, StringComparison.Ordinal))
        && (string.IsNullOrEmpty(Text)
            || resource.DisplayName.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || resource.Type.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || resource.Source.Contains(Text, StringComparison.OrdinalIgnoreCase));

    private static string? Chosen(ChangeEventArgs change) => change.Value is string { Length: > 0 } value ? value : null;

    private string Address(string? view, string? resource) => Address(view, resource, Text, Type, State);

    private string Address(string? view, string? resource, string? text, string? type, string? state) =>
        Navigation.GetUriWithQueryParameters("/", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["view"] = view,
            ["resource"] = resource,
            ["text"] = text,
            ["type"] = type,
            ["state"] = state,
        });

    private void Go(string? view, string? resource, string? text, string? type, string? state) =>
        Navigation.NavigateTo(Address(view, resource, text, type, state), replace: true);

    private async Task AskAsync((ResourceView Resource, ResourceCommand Command) wanted)
    {
        if (wanted.Command.Confirmation is null)
        {
            await ExecuteAsync(wanted.Resource, wanted.Command);
        }
        else
        {
            _asked = new AskedCommand(wanted.Resource, wanted.Command);
        }
    }

    private async Task AnswerAsync(bool yes)
    {
        var asked = _asked;
        _asked = null;
        if (yes && asked is not null)
        {
            await ExecuteAsync(asked.Resource, asked.Command);
        }
    }

    private async Task ExecuteAsync(ResourceView resource, ResourceCommand command)
    {
        if (!_busy.Add(resource.Id))
        {
            return;
        }

        _outcome = null;
        try
        {
            // Not bound to the page: a stop goes on when its reader leaves.
            var result = await Views.ExecuteAsync(resource.Id, command.Name, CancellationToken.None);
            _outcome = new CommandOutcome(
                result.Success,
                result.Success ? $"{command.DisplayName} of {resource.DisplayName}: done." : $"{command.DisplayName} of {resource.DisplayName} failed: {result.ErrorMessage ?? "no reason was given."}");
        }
        finally
        {
            _busy.Remove(resource.Id);
        }

        await RefreshAsync();
    }

    private sealed record CommandOutcome(bool IsGood, string Text);

    private sealed record AskedCommand(ResourceView Resource, ResourceCommand Command);
}
