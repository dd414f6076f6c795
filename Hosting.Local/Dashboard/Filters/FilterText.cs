using Dunnhumby.Hosting.Local.Telemetry.Filters;

namespace Dunnhumby.Hosting.Local.Dashboard.Filters;

/// <summary>Filters in addresses, as <c>field:condition:value</c>, and in words.</summary>
internal static class FilterText
{
    /// <summary>The conditions with the sign that pages show.</summary>
    public static IReadOnlyList<(FilterCondition Condition, string Sign)> Conditions { get; } =
    [
        (FilterCondition.Equal, "="),
        (FilterCondition.NotEqual, "≠"),
        (FilterCondition.Contains, "contains"),
        (FilterCondition.NotContains, "does not contain"),
        (FilterCondition.GreaterThan, ">"),
        (FilterCondition.GreaterThanOrEqual, "≥"),
        (FilterCondition.LessThan, "<"),
        (FilterCondition.LessThanOrEqual, "≤"),
    ];

    public static string Of(FieldFilter filter) => $"{Uri.EscapeDataString(filter.Field)}:{filter.Condition}:{Uri.EscapeDataString(filter.Value)}";

    public static string InWords(FieldFilter filter) => $"{filter.Field} {Conditions.First(item => item.Condition == filter.Condition).Sign} {filter.Value}";

    /// <summary>The filters of an address; what is none is left out.</summary>
    public static IReadOnlyList<FieldFilter> Parse(IEnumerable<string>? texts) => [.. (texts ?? []).Select(Parse).OfType<FieldFilter>()];

    private static FieldFilter? Parse(string text) =>
        text.Split(':') is [var field, var word, var value] && Enum.TryParse<FilterCondition>(word, ignoreCase: true, out var condition) && Enum.IsDefined(condition)
            ? new FieldFilter(Uri.UnescapeDataString(field), condition, Uri.UnescapeDataString(value))
            : null;
}
