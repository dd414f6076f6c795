using Dunnhumby.Hosting.Local.Dashboard.Resources;
using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Telemetry;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;

/// <summary>What one resource or all of them write to their consoles, as it comes; it follows the end until its reader scrolls away from it.</summary>
public sealed partial class ConsoleLogsPage : LiveComponent
{
    /// <summary>How many lines are shown when long ones wrap.</summary>
    private const int WrappedLines = 1_000;

    private List<ConsoleLine> _lines = [];
    private IReadOnlyCollection<string> _names = [];
    private ElementReference _console;
    private DotNetObjectReference<ConsoleLogsPage>? _self;
    private DateTimeOffset _now;
    private bool _isPaused;
    private bool _wraps;
    private bool _showsTimes = true;
    private bool _follows = true;
    private bool _hasNewLines;

    /// <summary>Id or name of the resource; null for all.</summary>
    [SupplyParameterFromQuery]
    public string? Resource { get; set; }

    [Inject]
    private ConsoleLogStore Console { get; set; } = null!; // Injected.

    [Inject]
    private ResourceViews Views { get; set; } = null!; // Injected.

    [Inject]
    private TelemetryStore Store { get; set; } = null!; // Injected.

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    [Inject]
    private IJSRuntime Script { get; set; } = null!; // Injected.

    [Inject]
    private TimeProvider Time { get; set; } = null!; // Injected.

    private IReadOnlyList<string>? ChosenIds => string.IsNullOrEmpty(Resource) ? null : Views.IdsOf(Resource);

    private bool ShowsResource => ChosenIds is not { Count: 1 };

    private string DownloadAddress => "/consolelogs/download" + (string.IsNullOrEmpty(Resource) ? string.Empty : $"?resource={Uri.EscapeDataString(Resource)}");

    /// <summary>Told by the page's script when the reader leaves the end of the lines or comes back to it.</summary>
    [JSInvokable]
    public void Followed(bool atEnd) => _follows = atEnd;

    protected override void OnInitialized() => Follow(Store.Changes, TelemetrySignal.Console | TelemetrySignal.Resources, () => !_isPaused && Read());

    protected override void OnParametersSet()
    {
        _follows = true;
        _names = [.. Views.List().Where(view => !view.IsValue).Select(view => view.Id)];
        _lines = [];
        Read();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await Script.InvokeVoidAsync("shell.follow", _console, _self);
        }

        if (_hasNewLines && _follows)
        {
            _hasNewLines = false;
            await Script.InvokeVoidAsync("shell.toEnd", _console);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _self?.Dispose();
        base.Dispose(disposing);
    }

    private static string Pressed(bool isOn) => isOn ? "true" : "false";

    /// <summary>False when the lines are those already shown.</summary>
    private bool Read()
    {
        var lines = Console.Read(ChosenIds);
        if (lines.Count == _lines.Count && (lines.Count == 0 || lines[^1].Sequence == _lines[^1].Sequence))
        {
            return false;
        }

        _now = Time.GetUtcNow();
        _lines = [.. lines];
        _hasNewLines = true;
        return true;
    }

    private void TogglePause()
    {
        _isPaused = !_isPaused;
        if (!_isPaused)
        {
            Read();
        }
    }

    private void Clear()
    {
        Console.Clear(ChosenIds);
        Read();
    }

    private void Choose(string? name) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("resource", name), replace: true);
}
