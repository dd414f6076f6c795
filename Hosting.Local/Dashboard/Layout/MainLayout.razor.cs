using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Dunnhumby.Hosting.Local.Dashboard.Layout;

/// <summary>Navigation at the side, a page beside it.</summary>
public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;

    [Inject]
    private Elements.ApplicationName Application { get; set; } = null!; // Injected.

    private string ApplicationName => Application.Value;

    // Another page is another chance.
    protected override void OnParametersSet() => Recover();

    private void Recover() => _boundary?.Recover();
}
