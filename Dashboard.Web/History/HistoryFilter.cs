using Dunnhumby.Dashboard.Web.Components;

namespace Dunnhumby.Dashboard.Web.History;

/// <summary>What the address of the page of versions asks for.</summary>
/// <param name="Before">Where the list begins: the cursor that the page before gave; null for the newest versions.</param>
/// <param name="From">The version that is compared with; null when nothing is compared.</param>
/// <param name="To">The version that is compared.</param>
/// <param name="Table">The table whose rows are shown; null for none.</param>
/// <param name="After">The cursor of its rows.</param>
/// <param name="Was">The segment that households left; null for all.</param>
/// <param name="Became">The segment that they came into; null for all.</param>
/// <param name="Households">The cursor of the households.</param>
public sealed record HistoryFilter(
    string? Before = null,
    int? From = null,
    int? To = null,
    string? Table = null,
    string? After = null,
    int? Was = null,
    int? Became = null,
    string? Households = null)
{
    private const int BestSegment = 5;

    /// <summary>Whether two versions are compared.</summary>
    internal bool Compares => From is not null && To is not null;

    /// <summary>The address of the page with these.</summary>
    internal string Address => $"/versions{QueryString.Create(Pairs().Where(pair => pair.Value is { Length: > 0 }))}";

    /// <summary>The address of a comparison of two versions.</summary>
    internal string Comparison(int from, int to) => new HistoryFilter(Before, from, to).Address;

    internal static HistoryFilter Read(
        AddressReader address, string? before, string? from, string? to, string? table, string? after, string? was, string? became, string? households) => new(
        string.IsNullOrEmpty(before) ? null : before,
        address.Number("from", from, 1, int.MaxValue),
        address.Number("to", to, 1, int.MaxValue),
        string.IsNullOrEmpty(table) ? null : table,
        string.IsNullOrEmpty(after) ? null : after,
        address.Number("was", was, 1, BestSegment),
        address.Number("became", became, 1, BestSegment),
        string.IsNullOrEmpty(households) ? null : households);

    private IEnumerable<KeyValuePair<string, string?>> Pairs() =>
    [
        new("before", Before),
        new("from", $"{From}"),
        new("to", $"{To}"),
        new("table", Table),
        new("after", After),
        new("was", $"{Was}"),
        new("became", $"{Became}"),
        new("households", Households),
    ];
}
