using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Layout;

/// <summary>Offers a newly published version. A page without any insights shows the first version by itself; no other page changes unasked.</summary>
public sealed partial class NewVersionBanner : IDisposable
{
    private IDisposable? _subscription;

    [Inject]
    private VersionFeed Feed { get; set; } = null!; // Injected.

    [Inject]
    private ShownVersion Shown { get; set; } = null!; // Injected.

    private int? Offered => Shown.Number is > 0 and var shown && Feed.Latest is > 0 and var latest && latest != shown ? latest : null;

    public void Dispose()
    {
        _subscription?.Dispose();
        Shown.Changed -= OnShownChanged;
    }

    protected override void OnInitialized()
    {
        _subscription = Feed.Subscribe(() => InvokeAsync(OnPublishedAsync));
        Shown.Changed += OnShownChanged;
    }

    private void OnShownChanged(object? sender, EventArgs change) => StateHasChanged();

    private async Task OnPublishedAsync()
    {
        if (Shown.Number == 0 && Feed.Latest > 0)
        {
            await Shown.RequestRefreshAsync();
        }

        StateHasChanged();
    }
}
