using Dunnhumby.Contracts.Loads;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Loads;

/// <summary>The uploads that are being read at the moment, whoever sent them: looked up every second while the page is open. Nothing when there is none.</summary>
public sealed partial class RunningLoads : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<RunningLoad> _loads = [];

    /// <summary>Only this load; all when null.</summary>
    [Parameter]
    public long? Only { get; set; }

    /// <summary>Raised when an upload that was shown has ended.</summary>
    [Parameter]
    public EventCallback OnEnded { get; set; }

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

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

        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            do
            {
                await LookAsync();
            }
            while (await timer.WaitForNextTickAsync(_gone.Token));
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task LookAsync()
    {
        var answer = await Ingestion.GetRunningLoadsAsync(_gone.Token);
        if (answer.Value is not { } page)
        {
            // The rest of the page says when the service is away; the next look may find it.
            return;
        }

        var earlier = _loads;
        _loads = [.. page.Items.Where(load => Only is null || load.Id == Only)];
        if (earlier.Count > 0 || _loads.Count > 0)
        {
            StateHasChanged();
        }

        if (earlier.Any(load => _loads.All(now => now.Id != load.Id)) || (Only is not null && _loads.Count == 0))
        {
            await OnEnded.InvokeAsync();
        }
    }

    private static double Percent(RunningLoad load) => load.TotalBytes is > 0 and var total ? Math.Min(100, 100.0 * load.Bytes / total) : 0;

    private static string Sizes(RunningLoad load) => load.TotalBytes is { } total ? $"{Format.Bytes(load.Bytes)} of {Format.Bytes(total)}" : Format.Bytes(load.Bytes);

    private static string End(RunningLoad load) => (load, load.EstimatedEnd - load.SeenAt) switch
    {
        ({ TotalBytes: { } total }, _) when load.Bytes >= total => "read to the end, being stored",
        (_, { TotalSeconds: < 1 }) => "about a second left",
        (_, { TotalSeconds: < 90 } left) => $"about {Math.Ceiling(left.TotalSeconds):0} s left",
        (_, { } left) => $"about {Math.Ceiling(left.TotalMinutes):0} min left",
        _ => "end not known",
    };
}
