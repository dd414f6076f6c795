using System.Globalization;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Households;

/// <summary>The list of households; its filters, order and position are the page's address.</summary>
public sealed partial class HouseholdsPage
{
    private const int LowestBin = 1;
    private const int HighestBin = 5;

    private Page<Household> _page = new([], Next: null);
    private Trouble? _addressTrouble;
    private int? _key;

    [SupplyParameterFromQuery(Name = "rfmBin")]
    private string? RfmBin { get; set; }

    [SupplyParameterFromQuery(Name = "hasKids")]
    private string? HasKids { get; set; }

    [SupplyParameterFromQuery(Name = "single")]
    private string? Single { get; set; }

    [SupplyParameterFromQuery(Name = "couple")]
    private string? Couple { get; set; }

    [SupplyParameterFromQuery(Name = "age45Plus")]
    private string? Age45Plus { get; set; }

    [SupplyParameterFromQuery(Name = "income50kPlus")]
    private string? Income50kPlus { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    protected override object LoadKey => Filter;

    private protected override Trouble? AddressTrouble => _addressTrouble;

    /// <summary>What the address asks for.</summary>
    private HouseholdFilter Filter { get; set; } = new();

    protected override Task OnParametersSetAsync()
    {
        var address = new AddressReader();
        Filter = new HouseholdFilter(
            address.Number("rfmBin", RfmBin, LowestBin, HighestBin),
            address.Flag("hasKids", HasKids),
            address.Flag("single", Single),
            address.Flag("couple", Couple),
            address.Flag("age45Plus", Age45Plus),
            address.Flag("income50kPlus", Income50kPlus),
            address.Choice("sort", Sort, HouseholdFilter.Sorts),
            string.IsNullOrEmpty(After) ? null : After);
        _addressTrouble = address.Trouble;
        return base.OnParametersSetAsync();
    }

    protected override async Task<Trouble?> LoadAsync(CancellationToken cancellationToken)
    {
        var answer = await Insights.GetHouseholdsAsync(Filter, cancellationToken);
        _page = answer.Value ?? _page;
        return answer.Trouble;
    }

    private string Address(HouseholdFilter filter) => Link($"/households{filter.ToPageQuery()}");

    private static int? Number(ChangeEventArgs change) =>
        int.TryParse(change.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string SortAddress(string sort) => Address(Filter with { Sort = sort, After = null });

    /// <summary>Another filter starts at the first page: a cursor belongs to the filter it was given for.</summary>
    private void Go(HouseholdFilter filter) => Navigation.NavigateTo(Address(filter with { After = null }));

    private void Open()
    {
        if (_key is { } key)
        {
            Navigation.NavigateTo(Link($"/households/{key}"));
        }
    }
}
