using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Dashboard.Web.Clients;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.States;

/// <summary>Nothing was published yet: says which of the eight files to upload.</summary>
public sealed partial class EmptyState : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private HashSet<string> _loaded = new(StringComparer.Ordinal);

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

    private IEnumerable<(string Name, string Purpose, bool Loaded)> Files =>
        DatasetNames.All.Select(name => (name, DatasetPurposes.Of(name), _loaded.Contains(name)));

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        // Without an answer all eight are listed as missing, which is what to upload when in doubt: the same content twice changes nothing.
        var datasets = await Ingestion.GetDatasetsAsync(_gone.Token);
        _loaded = (datasets.Value ?? []).Where(dataset => dataset.CompletedLoads > 0).Select(dataset => dataset.Name).ToHashSet(StringComparer.Ordinal);
    }
}
