using System.Globalization;
using Dunnhumby.Hosting.Local.Dashboard.Filters;
using Dunnhumby.Hosting.Local.Dashboard.Signals;
using Dunnhumby.Hosting.Local.Telemetry;
using Dunnhumby.Hosting.Local.Telemetry.Filters;
using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.StructuredLogs;

/// <summary>The logs of all resources, filtered by what the address says.</summary>
public sealed partial class StructuredLogsPage
{
    private IReadOnlyList<FieldFilter> _filters = [];
    private TelemetryLog? _selected;
    private LogQuery _query = new();

    [SupplyParameterFromQuery(Name = "resource")]
    private string? Resource { get; set; }

    [SupplyParameterFromQuery(Name = "level")]
    private string? Level { get; set; }

    [SupplyParameterFromQuery(Name = "text")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "filter")]
    private string[]? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "trace")]
    private string? Trace { get; set; }

    [SupplyParameterFromQuery(Name = "span")]
    private string? Span { get; set; }

    /// <summary>The log whose details are open.</summary>
    [SupplyParameterFromQuery(Name = "log")]
    private long? Log { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!; // Injected.

    protected override TelemetrySignal Signal => TelemetrySignal.Logs;

    private DateTimeOffset Now => Time.GetUtcNow();

    private TelemetrySeverity Minimum => Enum.TryParse<TelemetrySeverity>(Level, ignoreCase: true, out var severity) && Enum.IsDefined(severity) ? severity : TelemetrySeverity.Trace;

    protected override async Task OnParametersSetAsync()
    {
        _filters = FilterText.Parse(Filter);
        _query = new LogQuery { Resource = Resource, MinimumSeverity = Minimum, Text = Text, TraceId = Trace, SpanId = Span, Filters = _filters };
        // Kept while it is open, even when the store has dropped it meanwhile.
        _selected = Log is { } sequence ? _selected?.Sequence == sequence ? _selected : Store.Logs.Find(sequence) : null;
        await RefreshAsync();
    }

    protected override TelemetryPage<TelemetryLog> Query(int offset, int count) => Store.Logs.Query(_query with { Offset = offset, Count = count });

    protected override void Viewed()
    {
        var errors = Store.Logs.UnviewedErrors;
        var before = errors.Counts().Count;
        errors.MarkViewed(Resource);
        if (errors.Counts().Count != before)
        {
            // The count beside the page's name follows the logs.
            Store.Changes.Raise(TelemetrySignal.Logs);
        }
    }

    private static string Address(string? resource, string? level, string? text, IEnumerable<string>? filters, string? trace, string? span, long? log) =>
        new PageQuery(Addresses.Logs).Add("resource", resource).Add("level", level).Add("text", text).Add("filter", filters ?? []).Add("trace", trace).Add("span", span)
            .Add("log", log?.ToString(CultureInfo.InvariantCulture)).ToString();

    private string? Style(TelemetryLog log) => string.Join(' ', (string?[])[
        log.Severity switch { >= TelemetrySeverity.Error => "error", TelemetrySeverity.Warning => "warning", _ => null },
        log.Sequence == Log ? "selected" : null]);

    private void Go(string? resource, string? level, string? text, IEnumerable<string>? filters, string? span) =>
        Navigation.NavigateTo(Address(resource, level is "Trace" ? null : level, text, filters, Trace, span, Log));

    private void ChangeFilters(IReadOnlyList<FieldFilter> filters) => Go(Resource, Level, Text, filters.Select(FilterText.Of), Span);

    private void CloseDetails() => Navigation.NavigateTo(Address(Resource, Level, Text, Filter, Trace, Span, log: null));

    private IEnumerable<string> FieldNames() => FilterFields.OfLogs.Concat(Store.Logs.AttributeNames(Resource));
}
