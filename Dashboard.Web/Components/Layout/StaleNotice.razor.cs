using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Layout;

/// <summary>Says on every page which figures are out of date, why, and what to do. Nothing while all are right.</summary>
public sealed partial class StaleNotice : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _following;
    private InsightsVersion? _version;

    [Inject]
    private InsightsClient Insights { get; set; } = null!; // Injected.

    [Inject]
    private VersionFeed Versions { get; set; } = null!; // Injected.

    public void Dispose()
    {
        _following?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _following = Versions.Subscribe(() => InvokeAsync(async () =>
        {
            await ReloadAsync();
            StateHasChanged();
        }));
        await ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        try
        {
            // Without an answer the page itself says what is wrong.
            _version = (await Insights.GetVersionAsync(_gone.Token)).Value ?? _version;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has gone on.
        }
    }
}
