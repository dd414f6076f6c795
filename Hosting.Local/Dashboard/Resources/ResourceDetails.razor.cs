using System.Globalization;
using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>All that is known of one resource.</summary>
public sealed partial class ResourceDetails
{
    private IReadOnlyList<PropertyItem> _environment = [];
    private string? _environmentProblem;

    [Parameter, EditorRequired]
    public ResourceView Resource { get; set; } = null!; // Required.

    [Parameter]
    public EventCallback Close { get; set; }

    [Inject]
    private ResourceViews Views { get; set; } = null!; // Injected.

    [Inject]
    private ResourceModel Model { get; set; } = null!; // Injected.

    private IReadOnlyList<PropertyItem> Properties =>
    [
        .. new[]
        {
            new PropertyItem("Id", Resource.Id),
            new("Type", Resource.Type),
            new("State", Resource.State),
            new("Source", Resource.Source),
            new("Started", Resource.StartedAt is { } started ? Format.Instant(started) : string.Empty),
            new("Process id", Text(Resource.ProcessId)),
            new("Exit code", Text(Resource.ExitCode)),
            new("Waits for", string.Join(", ", Resource.WaitsFor)),
            new("Problem", Resource.Problem ?? string.Empty),
            new("Value", Resource.Value ?? string.Empty, Resource.IsSecret),
        }.Where(item => item.Value.Length > 0),
    ];

    private IReadOnlyList<PropertyItem> Urls =>
        [.. Resource.Urls.Select(url => new PropertyItem(url.Text ?? url.Endpoint, url.Address, Link: url.IsLink ? url.Address : null)).DistinctBy(item => item.Name, StringComparer.Ordinal)];

    private IReadOnlyList<PropertyItem> References => Links(Model.ReferencesOf(Resource.Name));

    private IReadOnlyList<PropertyItem> BackReferences => Links(Model.ReferrersOf(Resource.Name));

    private IReadOnlyList<PropertyItem> HealthChecks =>
        [.. Model.HealthChecksOf(Resource.Name).Select(check => new PropertyItem(check, Resource.Health switch
        {
            true => "Healthy",
            false => $"Unhealthy: {Resource.HealthReport}",
            null => "Not checked yet",
        }))];

    protected override async Task OnInitializedAsync()
    {
        if (Resource.IsValue || Views.Instance(Resource.Id) is not { } instance)
        {
            return;
        }

        try
        {
            _environment = await Model.EnvironmentOfAsync(instance, CancellationToken.None);
        }
        catch (Exception unknown) when (unknown is Aspire.Hosting.MissingParameterValueException or Aspire.Hosting.DistributedApplicationException)
        {
            // A value it refers to is not given: that is what there is to say about its environment.
            _environmentProblem = unknown.Message;
        }
    }

    private static IReadOnlyList<PropertyItem> Links(IEnumerable<ResourceReference> references) =>
        [.. references.GroupBy(reference => reference.Name, StringComparer.Ordinal).Select(group => new PropertyItem(
            group.Key, string.Join(", ", group.Select(reference => reference.Relation).Distinct(StringComparer.Ordinal)), Link: $"/resources?resource={Uri.EscapeDataString(group.Key)}"))];

    private static string Text(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
