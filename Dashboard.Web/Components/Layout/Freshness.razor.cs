using Dunnhumby.Contracts.Insights;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Layout;

/// <summary>Which version the page shows and how old it is; counts on while the page is open.</summary>
public sealed partial class Freshness : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _gone = new();

    [Parameter, EditorRequired]
    public required InsightsVersion Version { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!; // Injected.

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Never the second time: this rendering's task lives as long as the component.
        if (!firstRender)
        {
            return;
        }

        using var timer = new PeriodicTimer(Tick, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
            {
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }
}
