using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Samples;
using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dunnhumby.Dashboard.Web.Components.States;

/// <summary>Nothing was published yet: says which of the eight files to upload, and offers sample data.</summary>
public sealed partial class EmptyState : IDisposable
{
    private const string Good = "good";

    private readonly CancellationTokenSource _gone = new();
    private HashSet<string> _loaded = new(StringComparer.Ordinal);
    private IDisposable? _subscription;
    private SampleState _seen;

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

    [Inject]
    private SampleLoading Samples { get; set; } = null!; // Injected.

    [Inject]
    private ShownVersion Shown { get; set; } = null!; // Injected.

    /// <summary>Who is at the page; null in tests of the part alone.</summary>
    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    private SampleProgress Progress => Samples.Progress;

    private IEnumerable<(string Name, string Purpose, string Said, string? Chip)> Files => DatasetNames.All.Select(name =>
    {
        var (said, chip) = StateOf(name);
        return (name, DatasetPurposes.Of(name), said, chip);
    });

    public void Dispose()
    {
        _subscription?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _seen = Progress.State;
        _subscription = Samples.Subscribe(() => InvokeAsync(OnProgressAsync));
        await ReadAsync();
    }

    private (string Said, string? Chip) StateOf(string dataset) =>
        Progress.Files.FirstOrDefault(file => string.Equals(file.Dataset, dataset, StringComparison.Ordinal)) switch
        {
            { State: SampleFileState.Sending } file => ($"sending, {file.Percent} %", "warn"),
            { State: SampleFileState.Loaded } => ("loaded", Good),
            { State: SampleFileState.Failed } => ("not loaded", "bad"),
            { State: SampleFileState.Waiting } when Progress.State == SampleState.Running && !_loaded.Contains(dataset) => ("waiting", null),
            _ => _loaded.Contains(dataset) ? ("loaded", Good) : ("missing", null),
        };

    private async Task ReadAsync()
    {
        // Without an answer all eight are listed as missing, which is what to upload when in doubt: the same content twice changes nothing.
        var datasets = await Ingestion.GetDatasetsAsync(_gone.Token);
        _loaded = (datasets.Value ?? []).Where(dataset => dataset.CompletedLoads > 0).Select(dataset => dataset.Name).ToHashSet(StringComparer.Ordinal);
    }

    private async Task StartAsync()
    {
        Samples.Start(Authentication is null ? null : (await Authentication).User);
        _seen = SampleState.Running;
    }

    private async Task OnProgressAsync()
    {
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        var ended = _seen == SampleState.Running && Progress.State != SampleState.Running;
        _seen = Progress.State;
        StateHasChanged();
        if (ended)
        {
            // The figures may have been published before the last file was confirmed.
            await Shown.RequestRefreshAsync();
        }
    }
}
