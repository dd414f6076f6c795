using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Samples;
using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.States;

/// <summary>A page that shows figures of one published version: loads them, knows its state, and loads them again when the reader asks for the latest.</summary>
public abstract class InsightsPage : ComponentBase, IDisposable
{
    private CancellationTokenSource? _loading;
    private object? _loadedFor;

    /// <summary>The version that the page's address asks for, as it stands there; null for the current one.</summary>
    [SupplyParameterFromQuery(Name = AskedVersion.Parameter)]
    protected string? AskedFor { get; set; }

    /// <summary>Answers from the version that the page is to show.</summary>
    private protected InsightsClient Insights => AskedVersion.Number(AskedFor) is { } number ? Client.Of(number) : Client;

    [Inject]
    private InsightsClient Client { get; set; } = null!; // Injected.

    [Inject]
    private ShownVersion Shown { get; set; } = null!; // Injected.

    [Inject]
    private SampleLoading Samples { get; set; } = null!; // Injected.

    protected PageState State { get; private set; }

    protected Trouble? Trouble { get; private set; }

    /// <summary>The version that the figures are of; null before it is known.</summary>
    protected InsightsVersion? Version { get; private set; }

    /// <summary>What is wrong with the page's address; then nothing is loaded.</summary>
    private protected virtual Trouble? AddressTrouble => null;

    /// <summary>What the loaded figures depend on: when it changes, they are loaded again.</summary>
    protected abstract object LoadKey { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Loads the page's figures; called only when there is a version.</summary>
    /// <returns>What kept it from loading them, or null.</returns>
    protected abstract Task<Trouble?> LoadAsync(CancellationToken cancellationToken);

    /// <summary>The address of another page of figures, of the same version.</summary>
    private protected string Link(string address) => AskedVersion.Link(address, AskedFor);

    /// <summary>Of a page with two parts: what keeps it from showing either. A part that was never computed is no reason to hide the other one.</summary>
    private protected static Trouble? Blocking(Trouble? first, Trouble? second) => (first, second) switch
    {
        ({ Kind: TroubleKind.NotComputed }, null) or (null, { Kind: TroubleKind.NotComputed }) => null,
        ({ Kind: TroubleKind.NotComputed }, { } other) => other,
        _ => first ?? second,
    };

    protected override void OnInitialized() => Shown.Refresh = RefreshAsync;

    protected override async Task OnParametersSetAsync()
    {
        var key = (LoadKey, AddressTrouble, AskedFor);
        if (!key.Equals(_loadedFor))
        {
            _loadedFor = key;
            State = PageState.Loading;
            await ReloadAsync();
        }
    }

    /// <summary>Loads everything again; the figures on the page stay until the new ones are there.</summary>
    protected async Task ReloadAsync()
    {
        if (_loading is not null)
        {
            await _loading.CancelAsync();
            _loading.Dispose();
        }

        if ((AskedVersion.TroubleOf(AskedFor) ?? AddressTrouble) is { } bad)
        {
            (Trouble, State) = (bad, PageState.Failed);
            return;
        }

        var loading = _loading = new CancellationTokenSource();
        try
        {
            var version = await Insights.GetVersionAsync(loading.Token);
            var isThere = version is { Value: { Version: > 0 } published } && !Samples.IsPending(published);
            var trouble = isThere ? await LoadAsync(loading.Token) : version.Trouble;
            (Version, Trouble) = (version.Value, trouble);
            State = (trouble, isThere) switch
            {
                ({ }, _) => PageState.Failed,
                (null, true) => PageState.Ready,
                _ => PageState.Empty,
            };
            Shown.Set(isThere || version.Value is null ? version.Value?.Version : 0, string.IsNullOrEmpty(AskedFor) ? null : version.Value);
        }
        catch (OperationCanceledException) when (loading.IsCancellationRequested)
        {
            // The reader has left the page, or a later load has replaced this one.
        }
    }

    protected virtual void Dispose(bool disposing)
    {
        if (Shown.Refresh == RefreshAsync)
        {
            Shown.Refresh = null;
            Shown.Set(null);
        }

        _loading?.Cancel();
        _loading?.Dispose();
        _loading = null;
    }

    private async Task RefreshAsync()
    {
        await ReloadAsync();
        StateHasChanged();
    }
}

/// <summary>The four states of a page.</summary>
public enum PageState
{
    Loading,
    Empty,
    Failed,
    Ready,
}
