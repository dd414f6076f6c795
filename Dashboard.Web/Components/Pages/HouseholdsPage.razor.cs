using System.Globalization;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Clients;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Pages;

/// <summary>The list of households; its filters, order and position are the page's address.</summary>
public sealed partial class HouseholdsPage
{
    private Page<Household> _page = new([], Next: null);
    private int? _key;

    [SupplyParameterFromQuery(Name = "rfmBin")]
    private int? RfmBin { get; set; }

    [SupplyParameterFromQuery(Name = "hasKids")]
    private bool? HasKids { get; set; }

    [SupplyParameterFromQuery(Name = "single")]
    private bool? Single { get; set; }

    [SupplyParameterFromQuery(Name = "couple")]
    private bool? Couple { get; set; }

    [SupplyParameterFromQuery(Name = "age45Plus")]
    private bool? Age45Plus { get; set; }

    [SupplyParameterFromQuery(Name = "income50kPlus")]
    private bool? Income50kPlus { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    protected override object LoadKey => Filter;

    private HouseholdFilter Filter => new(RfmBin, HasKids, Single, Couple, Age45Plus, Income50kPlus, Sort, After);

    protected override async Task<Trouble?> LoadAsync(CancellationToken cancellationToken)
    {
        var answer = await Insights.GetHouseholdsAsync(Filter, cancellationToken);
        _page = answer.Value ?? _page;
        return answer.Trouble;
    }

    private static string Address(HouseholdFilter filter) => $"/households{filter.ToPageQuery()}";

    private static int? Number(ChangeEventArgs change) =>
        int.TryParse(change.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string SortAddress(string sort) => Address(Filter with { Sort = sort, After = null });

    /// <summary>Another filter starts at the first page: a cursor belongs to the filter it was given for.</summary>
    private void Go(HouseholdFilter filter) => Navigation.NavigateTo(Address(filter with { After = null }));

    private void Open()
    {
        if (_key is { } key)
        {
            Navigation.NavigateTo($"/households/{key}");
        }
    }
}
