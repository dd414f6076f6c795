using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Dashboard.Resources;
using Dunnhumby.Hosting.Local.Telemetry;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;

/// <summary>What one resource or all write to their consoles, as it comes.</summary>
public sealed partial class ConsoleLogsPage : LiveComponent
{
    // Lines of unequal height cannot be virtualised; this many can be rendered.
    private const int WrappedLines = 1000;

    private IReadOnlyList<string> _names = [];
    private List<ConsoleLine> _lines = [];
    private ElementReference _console;
    private DotNetObjectReference<ConsoleLogsPage>? _self;
    private bool _isPaused;
    private bool _follows = true;
    private bool _wraps;
    private bool _showsTimes = true;
    private bool _moved;

    [Parameter]
    public string? Path { get; set; }

    [SupplyParameterFromQuery(Name = "resource")]
    private string? Wanted { get; set; }

    [SupplyParameterFromQuery(Name = "text")]
    private string? Text { get; set; }

    [Inject]
    private ConsoleLogStore Lines { get; set; } = null!; // Injected.

    [Inject]
    private ResourceViews Views { get; set; } = null!; // Injected.

    [Inject]
    private TelemetryStore Store { get; set; } = null!; // Injected.

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    [Inject]
    private IJSRuntime Script { get; set; } = null!; // Injected.

    private string? Resource => Path ?? Wanted;

    private string CountText => _isPaused ? $"{Format.Count(_lines.Count)} lines, paused" : $"{Format.Count(_lines.Count)} lines";

    /// <summary>Called by the browser: its reader left the end, or came back to it.</summary>
    [JSInvokable]
    public void Followed(bool isAtEnd)
    {
        if (_follows != isAtEnd && !_isPaused)
        {
            _follows = isAtEnd;
            StateHasChanged();
        }
    }

    protected override void OnInitialized()
    {
        Follow(Store.Changes, TelemetrySignal.Console, () => !_isPaused && Read());
        Follow(Store.Changes, TelemetrySignal.Resources, ReadNames);
    }

    protected override void OnParametersSet()
    {
        ReadNames();
        Read();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                _self = DotNetObjectReference.Create(this);
                await Script.InvokeVoidAsync("shell.follow", _console, _self);
            }

            if (_moved && _follows)
            {
                _moved = false;
                await Script.InvokeVoidAsync("shell.toEnd", _console);
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _self?.Dispose();
    }

    private bool ReadNames()
    {
        var names = Views.List().Where(view => !view.IsValue).SelectMany(view => new[] { view.Name, view.DisplayName }).Distinct(StringComparer.Ordinal).ToArray();
        var changed = !names.SequenceEqual(_names, StringComparer.Ordinal);
        _names = names;
        return changed;
    }

    private bool Read()
    {
        var lines = Lines.Read(string.IsNullOrEmpty(Resource) ? null : Views.IdsOf(Resource));
        if (!string.IsNullOrEmpty(Text))
        {
            lines = [.. lines.Where(line => AnsiText.Plain(line.Text).Contains(Text, StringComparison.OrdinalIgnoreCase))];
        }

        if (lines.Count == _lines.Count && (lines.Count == 0 || lines[^1].Sequence == _lines[^1].Sequence))
        {
            return false;
        }

        _lines = [.. lines];
        _moved = true;
        return true;
    }

    // With one resource on the page its name on every line says nothing.
    private string? LabelOf(ConsoleLine line) => string.IsNullOrEmpty(Resource) || !string.Equals(Resource, line.ResourceId, StringComparison.OrdinalIgnoreCase)
        ? NameOf(line.ResourceId)
        : null;

    private string NameOf(string id) => Views.Find(id)?.DisplayName ?? id;

    private void Choose(string? resource) => Go(resource, Text);

    private void Search(string? text) => Go(Resource, text);

    private void Go(string? resource, string? text)
    {
        _follows = _moved = true;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters("/consolelogs", new Dictionary<string, object?>(StringComparer.Ordinal) { ["resource"] = resource, ["text"] = text }), replace: true);
    }

    private void TogglePause()
    {
        _isPaused = !_isPaused;
        if (!_isPaused)
        {
            Read();
        }
    }

    private void ToggleWrap()
    {
        _wraps = !_wraps;
        _moved = true;
    }

    private async Task ToggleFollowAsync()
    {
        _follows = !_follows;
        if (_follows)
        {
            await Script.InvokeVoidAsync("shell.toEnd", _console);
        }
    }

    private void Clear()
    {
        Lines.Clear(string.IsNullOrEmpty(Resource) ? null : Views.IdsOf(Resource));
        _lines = [];
    }
}
