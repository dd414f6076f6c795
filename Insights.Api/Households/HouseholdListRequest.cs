using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Households;

/// <summary>The query of <c>GET /households</c>. A filter that is left out takes every household, also those whose flag is unknown.</summary>
// Public because the generator behind AddValidation() passes over internal types, and then nothing would be checked.
public sealed record HouseholdListRequest
{
    private const int DefaultLimit = 50;

    [Description("Keep these RFM bins, 1 (weakest) to 5 (best). Repeat it for several.")]
    [FromQuery(Name = "rfmBin")]
    [EachInRange(1, 5, ErrorMessage = "rfmBin takes whole numbers from 1 to 5.")]
    public int[]? RfmBin { get; init; }

    [Description("Keep households known to be so (true), or known not to be so (false).")]
    [FromQuery(Name = "age45Plus")]
    public bool? Age45Plus { get; init; }

    [Description("Keep households known to be so (true), or known not to be so (false).")]
    [FromQuery(Name = "income50kPlus")]
    public bool? Income50kPlus { get; init; }

    [Description("Keep households known to be so (true), or known not to be so (false).")]
    [FromQuery(Name = "hasKids")]
    public bool? HasKids { get; init; }

    [Description("Keep households known to be so (true), or known not to be so (false).")]
    [FromQuery(Name = "single")]
    public bool? Single { get; init; }

    [Description("Keep households known to be so (true), or known not to be so (false).")]
    [FromQuery(Name = "couple")]
    public bool? Couple { get; init; }

    [Description("Keep households of this kind: 1 single, 2 couple, 3 family.")]
    [FromQuery(Name = "singleCoupleFamily")]
    [Range(1, 3, ErrorMessage = "singleCoupleFamily takes 1 (single), 2 (couple) or 3 (family).")]
    public int? SingleCoupleFamily { get; init; }

    [Description("The order: householdKey (when left out), totalSales, rfmScore, baskets or lastDay, with a minus sign before it for descending.")]
    [FromQuery(Name = "sort")]
    [AllowedValues(
        null, "householdKey", "-householdKey", "totalSales", "-totalSales", "rfmScore", "-rfmScore", "baskets", "-baskets", "lastDay", "-lastDay",
        ErrorMessage = "sort takes householdKey, totalSales, rfmScore, baskets or lastDay, with a minus sign before it for descending.")]
    public string? Sort { get; init; }

    [Description("The next of the page before, in the same order.")]
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [Description("How many households a page has at most: 1 to 500, 50 when left out.")]
    [FromQuery(Name = "limit")]
    [Range(1, 500, ErrorMessage = "limit takes a whole number from 1 to 500.")]
    public int? Limit { get; init; }

    internal int PageSize => Limit ?? DefaultLimit;
}

/// <summary>Every number of a repeatable parameter lies in a range, both ends included.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachInRangeAttribute(int minimum, int maximum) : ValidationAttribute
{
    public int Minimum => minimum;

    public int Maximum => maximum;

    public override bool IsValid(object? value) => value is not int[] numbers || Array.TrueForAll(numbers, number => number >= minimum && number <= maximum);
}
