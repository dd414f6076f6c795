using Dunnhumby.Contracts.Lines;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Lines;

/// <summary>The transaction lines behind a household's, a store's or a product's figures: load, file and line of each, and whether it counts.</summary>
public sealed partial class LinesPage
{
    private const int PageSize = 100;

    private TransactionLines? _page;
    private Trouble? _addressTrouble;
    private string _query = "";

    [Parameter]
    public string? HouseholdKey { get; set; }

    [Parameter]
    public string? Store { get; set; }

    [Parameter]
    public string? Product { get; set; }

    /// <summary>DAY of the files.</summary>
    [SupplyParameterFromQuery(Name = "day")]
    private string? Day { get; set; }

    /// <summary>BASKET_ID of the files.</summary>
    [SupplyParameterFromQuery(Name = "basket")]
    private string? Basket { get; set; }

    /// <summary>The cursor that the page before gave.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    protected override object LoadKey => (Path, _query, After);

    private protected override Trouble? AddressTrouble => _addressTrouble;

    private (string Kind, string Places, string Key) Subject => (HouseholdKey, Store) switch
    {
        ({ } household, _) => ("household", "households", household),
        (_, { } store) => ("store", "stores", store),
        _ => ("product", "products", Product ?? ""),
    };

    private string Title => $"Lines of {Subject.Kind} {AddressReader.Shown(Subject.Key)}";

    private string Path => $"/{Subject.Places}/{Uri.EscapeDataString(Subject.Key)}/lines";

    private bool IsNarrowed => _query.Length > 0;

    private (string Address, string Text)? Back => Subject.Kind switch
    {
        "household" => ($"/households/{Uri.EscapeDataString(Subject.Key)}", $"Household {AddressReader.Shown(Subject.Key)}"),
        "store" => ($"/stores?store={Uri.EscapeDataString(Subject.Key)}", $"Store {AddressReader.Shown(Subject.Key)}"),
        _ => null,
    };

    private string Figure => (Day, Basket) switch
    {
        (_, { Length: > 0 } basket) => $"basket {AddressReader.Shown(basket)}",
        ({ Length: > 0 } day, _) when _page?.Items is [var first, ..] => Format.Day(first.Day, first.Date),
        ({ Length: > 0 } day, _) => $"DAY {AddressReader.Shown(day)}",
        _ => "all days",
    };

    protected override async Task OnParametersSetAsync()
    {
        var address = new AddressReader();
        var day = address.Number("day", Day, 1, int.MaxValue);
        var basket = Basket is { Length: > 0 } ? AddressReader.Key<long>(Basket) : null;
        if (Basket is { Length: > 0 } && basket is null)
        {
            address.Refuse($"'{AddressReader.Shown(Basket)}' does not fit: basket takes a whole number.");
        }

        _addressTrouble = AddressReader.Key<int>(Subject.Key) is null ? AddressReader.NoSuch(Subject.Kind, Subject.Key) : address.Trouble;
        _query = $"{(day is null ? "" : $"&day={day}")}{(basket is null ? "" : $"&basket={basket}")}";
        await base.OnParametersSetAsync();
    }

    protected override async Task<Trouble?> LoadAsync(CancellationToken cancellationToken)
    {
        var after = After is { Length: > 0 } ? $"&after={Uri.EscapeDataString(After)}" : "";
        var answer = await Insights.GetAsync<TransactionLines>($"{Path[1..]}?limit={PageSize}{_query}{after}", cancellationToken);
        _page = answer.Value;
        return answer.Trouble;
    }

    /// <summary>This page from another line on. Its cursor is of a version, so the address names that.</summary>
    private string Address(string? after)
    {
        var query = $"{_query}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}";
        var address = query.Length == 0 ? Path : $"{Path}?{query[1..]}";
        return after is null || !string.IsNullOrEmpty(AskedFor) ? Link(address) : $"{address}&version={_page?.Version}";
    }

    private static string Summary(TransactionLines page) => page.Lines == 0
        ? "There is no such line in the loads that this version is made of."
        : $"{Format.Count(page.Counted)} of {Format.Count(page.Lines, "line")} {(page.Counted == 1 ? "counts" : "count")} in the figures; {(page.Counted == 1 ? "it is" : "together they are")} {Format.Money(page.Sales)}.";
}

/// <summary>The rules of the cleaning in words.</summary>
internal static class LineWords
{
    internal static string Of(string rule) => rule switch
    {
        LineRules.Zero => "no quantity or no sales value",
        LineRules.OutsideDays => "outside the days that count",
        LineRules.UnknownProduct => "product is not in product.csv",
        LineRules.ExcludedCommodity => "commodity is left out",
        LineRules.SingleDayHousehold => "household came on one day only",
        _ => rule.Replace('_', ' '),
    };
}
