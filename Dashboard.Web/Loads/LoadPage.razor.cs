using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Dunnhumby.Dashboard.Web.Loads.Quarantine;
using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Loads;

/// <summary>One load: its reconciliation and the rows it set aside.</summary>
public sealed partial class LoadPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private long _id;
    private Load? _load;
    private Page<QuarantinedRow> _rows = new([], Next: null);
    private IReadOnlyList<StaleTable> _heldBack = [];
    private IDisposable? _following;
    private Trouble? _trouble;
    private (string Id, string? After)? _loadedFor;

    [Parameter]
    public required string Id { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

    [Inject]
    private InsightsClient Insights { get; set; } = null!; // Injected.

    [Inject]
    private VersionFeed Versions { get; set; } = null!; // Injected.

    private bool IsSuspected => _heldBack.Any(table => table.SuspectedLoads.Contains(_id));

    private IReadOnlyList<long> OtherSuspects => [.. _heldBack.SelectMany(table => table.SuspectedLoads).Where(load => load != _id).Distinct().Order()];

    public void Dispose()
    {
        _following?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized() => _following = Versions.Subscribe(() => InvokeAsync(async () =>
    {
        if (AddressReader.Key<long>(Id) is not null)
        {
            await ReloadAsync();
            StateHasChanged();
        }
    }));

    protected override Task OnParametersSetAsync()
    {
        if (_loadedFor == (Id, After))
        {
            return Task.CompletedTask;
        }

        _loadedFor = (Id, After);
        if (AddressReader.Key<long>(Id) is not { } id)
        {
            _trouble = AddressReader.NoSuch("load", Id);
            return Task.CompletedTask;
        }

        _id = id;
        return ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        try
        {
            var version = Insights.GetVersionAsync(_gone.Token);
            var load = await Ingestion.GetLoadAsync(_id, _gone.Token);
            var rows = load is { Succeeded: true, Value.State: not LoadStates.Running } ? await Ingestion.GetQuarantineAsync(_id, After, _gone.Token) : new Page<QuarantinedRow>([], Next: null);
            _heldBack = HeldBack((await version).Value, load.Value?.State);
            (_load, _rows, _trouble) = (load.Value, rows.Value ?? _rows, load.Trouble ?? rows.Trouble);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }

    /// <summary>The figures that the load is not in because they could not be computed.</summary>
    private IReadOnlyList<StaleTable> HeldBack(InsightsVersion? version, string? state) => state is not LoadStates.Completed
        ? []
        : [.. (version?.StaleTables ?? []).Where(table => table.MissingLoads.Contains(_id) || table.SuspectedLoads.Contains(_id))];
}
