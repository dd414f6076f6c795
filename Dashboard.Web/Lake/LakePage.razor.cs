using Dunnhumby.Contracts.Lake;
using Dunnhumby.Contracts.Messaging;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Formatting;
using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Lake;

/// <summary>The lake's files, how they are cared for, and the messages that wait to be sent. Follows what is published.</summary>
public sealed partial class LakePage : IDisposable
{
    /// <summary>After this an unsent message is a trouble: usually it takes a second.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _following;
    private LakeState? _lake;
    private OutboxState? _outbox;
    private Trouble? _trouble;

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

    [Inject]
    private VersionFeed Versions { get; set; } = null!; // Injected.

    [Inject]
    private TimeProvider Time { get; set; } = null!; // Injected.

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

    protected override Task OnInitializedAsync() => ReloadAsync();

    private string Ago(DateTimeOffset at) => Format.Ago(Time.GetUtcNow() - at);

    private async Task ReloadAsync()
    {
        try
        {
            var outbox = Ingestion.GetAsync<OutboxState>("outbox", _gone.Token);
            var lake = await Ingestion.GetAsync<LakeState>("lake", _gone.Token);
            (_lake, _trouble) = (lake.Value ?? _lake, lake.Trouble);
            _outbox = (await outbox).Value;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }
}
