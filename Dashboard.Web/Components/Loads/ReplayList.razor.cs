using Dunnhumby.Contracts.Loads;
using Dunnhumby.Dashboard.Web.Clients;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Loads;

/// <summary>The replays of a load's quarantined rows; nothing when there are none.</summary>
public sealed partial class ReplayList : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Replay[] _replays = [];
    private Trouble? _trouble;
    private long? _loadedFor;

    [Parameter, EditorRequired]
    public required long LoadId { get; set; }

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        if (_loadedFor == LoadId)
        {
            return Task.CompletedTask;
        }

        _loadedFor = LoadId;
        return ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        try
        {
            var answer = await Ingestion.GetReplaysAsync(LoadId, _gone.Token);
            (_replays, _trouble) = (answer.Value ?? [], answer.Trouble);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has gone on.
        }
    }
}
