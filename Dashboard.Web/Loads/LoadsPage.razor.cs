using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Loads;

/// <summary>What is loaded and what is missing, uploads, and the history of loads.</summary>
public sealed partial class LoadsPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Dataset[]? _datasets;
    private Page<Load> _loads = new([], Next: null);
    private Trouble? _addressTrouble;
    private Trouble? _trouble;
    private (string? Dataset, string? After)? _loadedFor;

    [SupplyParameterFromQuery(Name = "dataset")]
    private string? Dataset { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        if (_loadedFor == (Dataset, After))
        {
            return Task.CompletedTask;
        }

        _loadedFor = (Dataset, After);
        var address = new AddressReader();
        address.Choice("dataset", Dataset, DatasetNames.All);
        _addressTrouble = address.Trouble;
        return ReloadAsync();
    }

    private static string Address(string? dataset, string? after) => $"/loads{QueryString
        .Create(new Dictionary<string, string?>(StringComparer.Ordinal) { ["dataset"] = dataset, ["after"] = after }.Where(pair => pair.Value is { Length: > 0 }))
        .ToUriComponent()}";

    private async Task ReloadAsync()
    {
        if (_addressTrouble is not null)
        {
            _trouble = _addressTrouble;
            return;
        }

        try
        {
            var datasets = Ingestion.GetDatasetsAsync(_gone.Token);
            var loads = await Ingestion.GetAsync<Page<Load>>($"loads{IngestionClient.Query(("dataset", Dataset), ("after", After))}", _gone.Token);
            _datasets = (await datasets).Value ?? _datasets;
            _loads = loads.Value ?? _loads;
            _trouble = (await datasets).Trouble ?? loads.Trouble;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }

    private void Filter(ChangeEventArgs change) => Navigation.NavigateTo(Address(change.Value?.ToString(), after: null));
}
