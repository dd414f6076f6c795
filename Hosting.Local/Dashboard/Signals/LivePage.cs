using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Telemetry;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Dunnhumby.Hosting.Local.Dashboard.Signals;

/// <summary>
/// A long list, newest first, that follows its signal while its reader is at the top. Whoever scrolls down reads a list that stays as it was; a button tells that
/// there is more and leads back.
/// </summary>
public abstract class LivePage<T> : LiveComponent, IAsyncDisposable
{
    private DotNetObjectReference<LivePage<T>>? _self;

    /// <summary>The list's scrolled element.</summary>
    protected ElementReference Scroller { get; set; }

    protected Virtualize<T>? List { get; set; }

    /// <summary>Matches in the store now.</summary>
    protected int Total { get; private set; }

    /// <summary>The reader is further down than the newest rows.</summary>
    protected bool IsHeld { get; private set; }

    /// <summary>Something arrived since the list was held.</summary>
    protected bool HasNews { get; private set; }

    [Inject]
    protected TelemetryStore Store { get; set; } = null!; // Injected.

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!; // Injected.

    [Inject]
    private IJSRuntime Browser { get; set; } = null!; // Injected.

    protected abstract TelemetrySignal Signal { get; }

    public virtual ValueTask DisposeAsync()
    {
        Dispose();
        _self?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The browser's word that its reader has left the top of the list or come back to it.</summary>
    [JSInvokable]
    public async Task Held(bool held)
    {
        IsHeld = held;
        if (!held && HasNews)
        {
            await RefreshAsync();
        }

        StateHasChanged();
    }

    protected override void OnInitialized() => Follow(Store.Changes, Signal | TelemetrySignal.Resources, ChangedAsync);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await Browser.InvokeVoidAsync("telemetry.holdWhileScrolled", Scroller, _self);
        }
    }

    /// <summary>What the page's filters let through.</summary>
    protected abstract TelemetryPage<T> Query(int offset, int count);

    /// <summary>Something was read that nobody need count as unread.</summary>
    protected virtual void Viewed()
    {
    }

    protected ValueTask<ItemsProviderResult<T>> ItemsAsync(ItemsProviderRequest request)
    {
        var page = Query(request.StartIndex, request.Count);
        Total = page.Total;
        return ValueTask.FromResult(new ItemsProviderResult<T>(page.Items, page.Total));
    }

    /// <summary>Reads the rows in view anew.</summary>
    protected async Task RefreshAsync()
    {
        HasNews = false;
        Total = Query(0, 0).Total;
        Viewed();
        if (List is { } list)
        {
            await list.RefreshDataAsync();
        }
    }

    protected async Task ToTop()
    {
        IsHeld = false;
        await RefreshAsync();
        await Browser.InvokeVoidAsync("telemetry.toTop", Scroller);
    }

    private async Task<bool> ChangedAsync()
    {
        if (!IsHeld)
        {
            await RefreshAsync();
            return true;
        }

        var hadNews = HasNews;
        HasNews = true;
        return !hadNews;
    }
}
