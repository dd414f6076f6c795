using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Households;

/// <summary>One household: profile, scores and spend; the chart's settings are the page's address.</summary>
public sealed partial class HouseholdPage
{
    private static readonly string[] Widths = [.. Enum.GetNames<BinWidth>().Select(width => width.ToLowerInvariant())];

    private Household? _household;
    private DailySpend? _spend;
    private Trouble? _missing;
    private Trouble? _addressTrouble;
    private string? _by;
    private BinWidth _width;
    private HashSet<string> _off = new(StringComparer.Ordinal);
    private IReadOnlyList<SpendBin> _bins = [];
    private IReadOnlyList<decimal> _totals = [];
    private IReadOnlyList<int> _order = [];
    private string _summary = "";

    [Parameter]
    public required string HouseholdKey { get; set; }

    /// <summary>Day, week or month; by the length of the range when absent.</summary>
    [SupplyParameterFromQuery(Name = "by")]
    private string? By { get; set; }

    /// <summary>Sections that are switched off, separated by commas.</summary>
    [SupplyParameterFromQuery(Name = "off")]
    private string? Off { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    protected override object LoadKey => HouseholdKey;

    private protected override Trouble? AddressTrouble => _addressTrouble;

    protected override async Task OnParametersSetAsync()
    {
        var address = new AddressReader();
        _by = address.Choice("by", By?.ToLowerInvariant(), Widths);
        _off = address.Choices("off", Off, Sections.All);
        _addressTrouble = AddressReader.Key<int>(HouseholdKey) is null ? AddressReader.NoSuch("household", HouseholdKey) : address.Trouble;
        await base.OnParametersSetAsync();
        Arrange();
    }

    protected override async Task<Trouble?> LoadAsync(CancellationToken cancellationToken)
    {
        var key = AddressReader.Key<int>(HouseholdKey) ?? throw new InvalidOperationException("An address without a number is not loaded.");
        var spend = Insights.GetDailySpendAsync(key, cancellationToken);
        var household = await Insights.GetHouseholdAsync(key, cancellationToken);
        (_household, _spend) = (household.Value, (await spend).Value);
        _missing = household.Trouble ?? (await spend).Trouble;
        Arrange();
        return Blocking(household.Trouble, (await spend).Trouble);
    }

    /// <summary>Applies the address's settings to the loaded spend.</summary>
    private void Arrange()
    {
        if (_spend is null)
        {
            return;
        }

        _width = _by is null ? SpendBins.WidthFor(_spend.Days) : Enum.Parse<BinWidth>(_by, ignoreCase: true);
        _bins = SpendBins.Of(_spend, _width);
        _totals = [.. _spend.Sections.Select((_, section) => _spend.Days.Sum(day => day.Sections[section]))];
        // The largest section at the bottom, where its course is easiest to follow.
        _order = [.. Enumerable.Range(0, _spend.Sections.Count).Where(section => !_off.Contains(_spend.Sections[section])).OrderByDescending(section => _totals[section])];
        _summary = Describe(_spend);
    }

    private string Describe(DailySpend spend)
    {
        var shown = _order.Sum(section => _totals[section]);
        if (spend.Days.Count == 0 || _order.Count == 0)
        {
            return "No section is shown.";
        }

        var (first, last) = (spend.Days[0], spend.Days[^1]);
        var all = _order.Count == spend.Sections.Count ? "" : $" in {Format.Count(_order.Count, "section")} of {spend.Sections.Count}";
        return $"{Format.Money(shown)}{all} on {Format.Count(spend.Days.Count, "day")} from {Format.Date(first.Date)} (DAY {first.Day}) to {Format.Date(last.Date)} (DAY {last.Day}); "
            + $"most on {Format.Section(spend.Sections[_order[0]]).ToLowerInvariant()}: {Format.Money(_totals[_order[0]])}.";
    }

    /// <summary>The address of the lines of a date with spend.</summary>
    private string LinesOf(DateOnly date) => Link($"/households/{_spend?.HouseholdKey}/lines?day={_spend?.Days.FirstOrDefault(day => day.Date == date)?.Day}");

    private void Show(BinWidth width, IReadOnlySet<string> off)
    {
        var settings = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["by"] = width.ToString().ToLowerInvariant(),
            ["off"] = off.Count == 0 ? null : string.Join(',', off.Order(StringComparer.Ordinal)),
        };
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(settings), replace: true);
    }
}
