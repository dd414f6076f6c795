using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.History;

/// <summary>The versions that are kept, in what two of them differ, and going back to one. What is compared is the page's address.</summary>
public sealed partial class VersionsPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _following;
    private HistoryFilter _filter = new();
    private Page<VersionSummary>? _versions;
    private VersionSummary? _current;
    private VersionSummary? _asked;
    private Trouble? _trouble;
    private Trouble? _addressTrouble;
    private (bool Loaded, string? Before, Trouble? Address) _loadedFor;

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "table")]
    private string? Table { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [SupplyParameterFromQuery(Name = "was")]
    private string? Was { get; set; }

    [SupplyParameterFromQuery(Name = "became")]
    private string? Became { get; set; }

    [SupplyParameterFromQuery(Name = "households")]
    private string? Households { get; set; }

    [Inject]
    private InsightsClient Insights { get; set; } = null!; // Injected.

    [Inject]
    private VersionFeed Feed { get; set; } = null!; // Injected.

    public void Dispose()
    {
        _following?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized() => _following = Feed.Subscribe(() => InvokeAsync(async () =>
    {
        await ReloadAsync();
        StateHasChanged();
    }));

    protected override Task OnParametersSetAsync()
    {
        var address = new AddressReader();
        _filter = HistoryFilter.Read(address, Before, From, To, Table, After, Was, Became, Households);
        _addressTrouble = address.Trouble;
        if (_loadedFor == (true, Before, _addressTrouble))
        {
            return Task.CompletedTask;
        }

        _loadedFor = (true, Before, _addressTrouble);
        return ReloadAsync();
    }

    private Task DoneAsync()
    {
        _asked = null;
        return ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        if (_addressTrouble is not null)
        {
            _trouble = _addressTrouble;
            return;
        }

        try
        {
            var versions = await Insights.GetVersionsAsync(_filter.Before, _gone.Token);
            (_versions, _trouble) = (versions.Value ?? _versions, versions.Trouble);
            var newest = _filter.Before is null ? versions : await Insights.GetVersionsAsync(after: null, _gone.Token);
            _current = newest.Value?.Items.FirstOrDefault(version => version.IsCurrent);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has gone on.
        }
    }
}
