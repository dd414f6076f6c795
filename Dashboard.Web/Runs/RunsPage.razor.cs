using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Runs;

/// <summary>The history of runs. It follows what is published; a run that is under way shows when the page is opened again.</summary>
public sealed partial class RunsPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _following;
    private Page<Run>? _runs;
    private IReadOnlyList<Schedule>? _schedules;
    private Trouble? _trouble;
    private (bool Loaded, string? After) _loadedFor;

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private TransformClient Transform { get; set; } = null!; // Injected.

    [Inject]
    private VersionFeed Versions { get; set; } = null!; // Injected.

    public void Dispose()
    {
        _following?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized() => _following = Versions.Subscribe(() => InvokeAsync(async () =>
    {
        await ReloadAsync();
        StateHasChanged();
    }));

    protected override Task OnParametersSetAsync()
    {
        if (_loadedFor == (true, After))
        {
            return Task.CompletedTask;
        }

        _loadedFor = (true, After);
        return ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        try
        {
            var runs = await Transform.GetRunsAsync(After, _gone.Token);
            (_runs, _trouble) = (runs.Value ?? _runs, runs.Trouble);
            if (runs.Trouble is null)
            {
                // Without an answer the history is shown alone.
                _schedules = (await Transform.GetSchedulesAsync(_gone.Token)).Value ?? _schedules;
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }
}
