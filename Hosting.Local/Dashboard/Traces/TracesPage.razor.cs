using System.Globalization;
using Dunnhumby.Hosting.Local.Dashboard.Filters;
using Dunnhumby.Hosting.Local.Dashboard.Signals;
using Dunnhumby.Hosting.Local.Telemetry;
using Dunnhumby.Hosting.Local.Telemetry.Filters;
using Dunnhumby.Hosting.Local.Telemetry.Traces;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Traces;

/// <summary>The traces of all resources, filtered by what the address says.</summary>
public sealed partial class TracesPage
{
    private TraceQuery _query = new();
    private TimeSpan _longest;

    [SupplyParameterFromQuery(Name = "resource")]
    private string? Resource { get; set; }

    [SupplyParameterFromQuery(Name = "type")]
    private string? Type { get; set; }

    [SupplyParameterFromQuery(Name = "text")]
    private string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "errors")]
    private bool? Errors { get; set; }

    [SupplyParameterFromQuery(Name = "filter")]
    private string[]? Filter { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!; // Injected.

    protected override TelemetrySignal Signal => TelemetrySignal.Traces;

    private DateTimeOffset Now => Time.GetUtcNow();

    protected override async Task OnParametersSetAsync()
    {
        _query = new TraceQuery
        {
            Resource = Resource,
            Types = Enum.TryParse<SpanTypes>(Type, ignoreCase: true, out var type) ? type : SpanTypes.None,
            Text = Text,
            HasError = Errors == true ? true : null,
            Filters = FilterText.Parse(Filter),
        };
        await RefreshAsync();
    }

    protected override TelemetryPage<TraceSummary> Query(int offset, int count)
    {
        var page = Store.Traces.Query(_query with { Offset = offset, Count = count });
        if (page.Items.Count > 0)
        {
            _longest = page.Items.Max(trace => trace.Duration);
        }

        return page;
    }

    private static string Words(TraceResource part) => $"{part.Resource.Id}: {part.Spans} spans{(part.Errors > 0 ? $", {part.Errors} with errors" : "")}";

    /// <summary>Of the longest trace in view, in percent.</summary>
    private string Share(TraceSummary trace) =>
        (_longest > TimeSpan.Zero ? Math.Clamp(100 * (trace.Duration / _longest), 1, 100) : 1).ToString("0.#", CultureInfo.InvariantCulture);

    private void Go(string? resource, string? type, string? text, bool? errors, IEnumerable<string>? filters) => Navigation.NavigateTo(
        new PageQuery(Addresses.Traces).Add("resource", resource).Add("type", type).Add("text", text).Add("errors", errors == true ? "true" : null).Add("filter", filters ?? []).ToString());

    private void ChangeFilters(IReadOnlyList<FieldFilter> filters) => Go(Resource, Type, Text, Errors, filters.Select(FilterText.Of));

    private IEnumerable<string> FieldNames() => FilterFields.OfSpans.Concat(Store.Traces.AttributeNames(Resource));
}
