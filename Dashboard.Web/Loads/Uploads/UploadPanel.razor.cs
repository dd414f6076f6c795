using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Dashboard.Web.Clients;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace Dunnhumby.Dashboard.Web.Loads.Uploads;

/// <summary>Chooses files and sends them, one after the other, from the browser to the ingestion service.</summary>
public sealed partial class UploadPanel : IAsyncDisposable
{
    private const string Module = "./uploads.js";

    private readonly List<UploadItem> _items = [];
    private readonly List<UnfinishedUpload> _unfinished = [];
    private readonly CancellationTokenSource _gone = new();
    private ElementReference _input;
    private ElementReference _zone;
    private IJSObjectReference? _module;
    private DotNetObjectReference<UploadPanel>? _self;
    private bool _ready;

    /// <summary>Raised after each upload, however it ended.</summary>
    [Parameter]
    public EventCallback OnUploaded { get; set; }

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

    [Inject]
    private IOptions<UploadOptions> Options { get; set; } = null!; // Injected.

    [Inject]
    private IJSRuntime Browser { get; set; } = null!; // Injected.

    private bool CanStart => _items.Exists(item => item.State == UploadState.Chosen) && !_items.Exists(item => item.IsUnderWay || item is { State: UploadState.Chosen, NeedsDataset: true });

    /// <summary>Called by the browser: files were chosen or dropped.</summary>
    [JSInvokable]
    public Task ChooseAsync(ChosenFile[] files)
    {
        _items.AddRange(files.Select(file => new UploadItem(file.Id, file.Name, file.Size)
        {
            IsResumable = file.Size > Options.Value.ResumableFromBytes,
            Dataset = _unfinished.Find(upload => string.Equals(upload.Name, file.Name, StringComparison.Ordinal))?.Dataset ?? DatasetFiles.DatasetOf(file.Name),
        }));
        StateHasChanged();
        return Task.CompletedTask;
    }

    /// <summary>Called by the browser a few times a second while a file is under way.</summary>
    [JSInvokable]
    public Task ProgressAsync(int id, long sent)
    {
        if (_items.Find(item => item.Id == id) is { IsUnderWay: true, State: not UploadState.Paused } item)
        {
            item.Sent = sent;
            item.State = sent >= item.Size ? UploadState.Processing : UploadState.Sending;
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    /// <summary>Called by the browser: the connection broke, and the browser retries.</summary>
    [JSInvokable]
    public Task InterruptedAsync(int id)
    {
        if (_items.Find(item => item.Id == id) is { IsUnderWay: true, State: not UploadState.Paused } item)
        {
            item.State = UploadState.Reconnecting;
            StateHasChanged();
        }

        return Task.CompletedTask;
    }

    /// <summary>Called by the browser: an upload takes longer than its ticket is valid. Null if there is no new ticket now.</summary>
    [JSInvokable]
    public async Task<string?> RenewTicketAsync() => (await Ingestion.CreateTicketAsync(_gone.Token)).Value?.Ticket;

    /// <summary>Called by the browser: uploads that it began earlier and did not finish.</summary>
    [JSInvokable]
    public Task RecallAsync(UnfinishedUpload[] uploads)
    {
        _unfinished.AddRange(uploads);
        StateHasChanged();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
        _self?.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone, and its module with it.
            }
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Browser.InvokeAsync<IJSObjectReference>("import", _gone.Token, Module);
            await _module.InvokeVoidAsync("watch", _gone.Token, _input, _zone, _self);
            _ready = true;
            StateHasChanged();
        }
    }

    private async Task StartAsync()
    {
        var waiting = _items.FindAll(item => item.State == UploadState.Chosen);
        waiting.ForEach(item => item.State = UploadState.Waiting);
        // A file that was removed while it waited is not sent.
        foreach (var item in waiting.Where(_items.Contains))
        {
            await SendAsync(item);
            StateHasChanged();
            await OnUploaded.InvokeAsync();
        }
    }

    private async Task SendAsync(UploadItem item)
    {
        var ticket = await Ingestion.CreateTicketAsync(_gone.Token);
        if (!ticket.Succeeded || item.NeedsDataset || _module is null)
        {
            (item.State, item.Trouble) = (UploadState.Failed, ticket.Trouble);
            return;
        }

        item.State = UploadState.Sending;
        var address = item.IsResumable ? Options.Value.ResumableUrl : Options.Value.LoadsUrl(item.IsArchive ? null : item.Dataset);
        _unfinished.RemoveAll(upload => string.Equals(upload.Name, item.Name, StringComparison.Ordinal));
        // No time limit: a large file takes as long as it takes, and can be stopped by hand.
        var outcome = item.IsResumable
            ? await _module.InvokeAsync<UploadOutcome>("sendResumable", Timeout.InfiniteTimeSpan, item.Id, address, item.IsArchive ? null : item.Dataset, ticket.Value.Ticket, _self)
            : await _module.InvokeAsync<UploadOutcome>("send", Timeout.InfiniteTimeSpan, item.Id, address, ticket.Value.Ticket, _self);
        outcome.ApplyTo(item, address);
        await _module.InvokeVoidAsync("forget", _gone.Token, item.Id);
    }

    private async Task CancelAsync(UploadItem item)
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("cancel", _gone.Token, item.Id);
        }
    }

    private async Task PauseAsync(UploadItem item)
    {
        if (_module is not null)
        {
            var pauses = item.State is UploadState.Sending or UploadState.Reconnecting;
            item.State = pauses ? UploadState.Paused : UploadState.Sending;
            await _module.InvokeVoidAsync(pauses ? "pause" : "resume", _gone.Token, item.Id);
        }
    }

    private async Task RemoveAsync(UploadItem item)
    {
        _items.Remove(item);
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("forget", _gone.Token, item.Id);
        }
    }

    private Task ClearAsync()
    {
        _items.RemoveAll(item => !item.IsUnderWay && item.State != UploadState.Chosen);
        return Task.CompletedTask;
    }
}
