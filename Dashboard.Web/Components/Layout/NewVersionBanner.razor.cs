using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Layout;

/// <summary>Offers a newly published version. A page without any insights shows the first version by itself; no other page changes unasked.</summary>
public sealed partial class NewVersionBanner : IDisposable
{
    private IDisposable? _subscription;
    private int? _known;

    [Inject]
    private VersionFeed Feed { get; set; } = null!; // Injected.

    [Inject]
    private ShownVersion Shown { get; set; } = null!; // Injected.

    /// <summary>
    /// The latest version when the page shows another one. A page that shows no insights (Loads) is told of what was published while it was open.
    /// </summary>
    private int? Offered => Feed.Latest is > 0 and var latest && Shown.Number is not 0 && (Shown.Number ?? _known) is { } known && latest != known ? latest : null;

    public void Dispose()
    {
        _subscription?.Dispose();
        Shown.Changed -= OnShownChanged;
    }

    protected override void OnInitialized()
    {
        _known = Feed.Latest;
        _subscription = Feed.Subscribe(() => InvokeAsync(OnPublishedAsync));
        Shown.Changed += OnShownChanged;
    }

    private void OnShownChanged(object? sender, EventArgs change)
    {
        _known = Shown.Number ?? _known;
        StateHasChanged();
    }

    private async Task OnPublishedAsync()
    {
        // What was there when this process first heard of a version is no news.
        _known ??= Feed.Latest;
        if (Shown.Number == 0 && Feed.Latest > 0)
        {
            await Shown.RequestRefreshAsync();
        }

        StateHasChanged();
    }
}
