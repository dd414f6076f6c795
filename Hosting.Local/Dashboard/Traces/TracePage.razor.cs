using Dunnhumby.Hosting.Local.Dashboard.Signals;
using Dunnhumby.Hosting.Local.Telemetry;
using Dunnhumby.Hosting.Local.Telemetry.Traces;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dunnhumby.Hosting.Local.Dashboard.Traces;

/// <summary>One trace as a waterfall; it grows while its spans come in.</summary>
public sealed partial class TracePage
{
    private readonly HashSet<string> _collapsed = new(StringComparer.Ordinal);
    private ElementReference _scroller;
    private TraceDetail? _trace;
    private List<TraceSpan> _rows = [];
    private TraceLogs _logs = TraceLogs.None;
    private TraceSpan? _selected;
    private bool _isToBeShown;

    [Parameter]
    public string TraceId { get; set; } = "";

    /// <summary>The span whose details are open.</summary>
    [SupplyParameterFromQuery(Name = "span")]
    private string? Span { get; set; }

    [SupplyParameterFromQuery(Name = "text")]
    private string? Text { get; set; }

    [Inject]
    private TelemetryStore Store { get; set; } = null!; // Injected.

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    [Inject]
    private IJSRuntime Browser { get; set; } = null!; // Injected.

    protected override void OnInitialized() => Follow(Store.Changes, TelemetrySignal.Traces | TelemetrySignal.Logs, Refresh);

    protected override void OnParametersSet()
    {
        if (!string.Equals(_trace?.Summary.TraceId, TraceId, StringComparison.OrdinalIgnoreCase))
        {
            (_trace, _logs) = (null, TraceLogs.None);
            _collapsed.Clear();
        }

        Refresh();
        var isOther = !string.Equals(_selected?.Span.SpanId, Span, StringComparison.OrdinalIgnoreCase);
        Show();
        _isToBeShown = isOther && _selected is not null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isToBeShown && _selected is { } selected)
        {
            _isToBeShown = false;
            var index = _rows.FindIndex(row => string.Equals(row.Span.SpanId, selected.Span.SpanId, StringComparison.Ordinal));
            await Browser.InvokeVoidAsync("telemetry.scrollToRow", _scroller, index, WaterfallRow.Height);
        }
    }

    private string Address(string? text, string? span) =>
        new PageQuery($"{Addresses.Traces}/detail/{Uri.EscapeDataString(TraceId)}").Add("text", text).Add("span", span).ToString();

    private void Go(string? text, string? span) => Navigation.NavigateTo(Address(text, span));

    /// <summary>Reads anew what has grown since.</summary>
    private bool Refresh()
    {
        var summary = Store.Traces.Summary(TraceId);
        var hasGrown = summary is not null && !ReferenceEquals(summary, _trace?.Summary);
        if (hasGrown)
        {
            _trace = Store.Traces.Find(TraceId);
            Show();
        }

        var logs = TraceLogs.Of(Store.Logs, TraceId);
        var hasLogs = logs.Count != _logs.Count;
        _logs = logs;
        return hasGrown || hasLogs;
    }

    private void Show()
    {
        var spans = _trace?.Spans ?? [];
        _rows = Waterfall.Visible(spans, _collapsed, Text);
        _selected = Span is null ? null : spans.FirstOrDefault(row => string.Equals(row.Span.SpanId, Span, StringComparison.OrdinalIgnoreCase));
    }

    private void Toggle(string spanId)
    {
        if (!_collapsed.Remove(spanId))
        {
            _collapsed.Add(spanId);
        }

        Show();
    }

    private void CollapseAll()
    {
        _collapsed.UnionWith((_trace?.Spans ?? []).Where(row => row.Children > 0).Select(row => row.Span.SpanId));
        Show();
    }

    private void ExpandAll()
    {
        _collapsed.Clear();
        Show();
    }
}
