using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Segments;
using Dunnhumby.Contracts.Totals;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Rows;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Segments;

/// <summary>Segments of households, how households move between them, and whether those that join stay.</summary>
internal static class SegmentEndpoints
{
    internal static void MapSegments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Segments");
        group.MapRows<SegmentRequest, SegmentSummary, PurchaseTotals>("/segments", new("segment_summary", "quarters_ago", "segment"))
            .WithName("ListSegments").WithSummary("The segments of each quarter: how many households are in them, and what they bought.");
        group.MapRows<SegmentMigrationRequest, SegmentMigration, RowTotals>("/segments/migration", new("segment_migration", "quarters_ago", "from_segment", "to_segment"))
            .WithName("ListSegmentMigration").WithSummary("How many households went from one segment to another between the end of a quarter and the end of the next.");
        group.MapRows<SegmentHouseholdRequest, HouseholdSegment, PurchaseTotals>("/segments/households", new("household_segments", "quarters_ago", "household_key"))
            .WithName("ListSegmentHouseholds").WithSummary("Households with their segment, scores and purchases in each quarter.");
        group.MapRows<HouseholdSegmentRequest, HouseholdSegment, PurchaseTotals>(
            "/households/{householdKey}/segments", new("household_segments", "household_key", "quarters_ago") { Unknown = request => ReadProblems.UnknownHousehold(request.HouseholdKey) })
            .WithName("ListHouseholdSegments").WithSummary("A household's segment, scores and purchases in each quarter, the latest first.");
        group.MapRows<CohortRequest, CohortMonth, PurchaseTotals>("/cohorts", new("cohort_retention", "cohort", "months_since"))
            .WithName("ListCohorts").WithSummary("Of the households whose first purchase was in a month of 28 days, how many bought again in each later month.");
    }
}

/// <summary>A filter that takes one of the segments that the table <c>household_segments</c> defines.</summary>
/// <param name="others">What the column may be besides.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SegmentAttribute(params string[] others) : AllowedValuesAttribute([null, .. Segments, .. others])
{
    private static readonly string[] Segments = ["champion", "loyal", "big_spender", "occasional", "new", "at_risk", "lapsing", "lost"];

    public IReadOnlyList<string> Others => others;

    public override string FormatErrorMessage(string name) => $"{JsonNamingPolicy.CamelCase.ConvertName(name)} takes one of {string.Join(", ", Segments.Concat(others))}.";
}

/// <summary>The query of <c>GET /segments</c>.</summary>
internal sealed record SegmentRequest : RowRequest
{
    [Description("Keep this quarter, counted back from the last DAY: 0 is the latest.")]
    [FromQuery(Name = "quarter")]
    [Filter("quarters_ago")]
    [Range(0, int.MaxValue, ErrorMessage = "quarter takes a whole number from 0, the latest.")]
    public int? Quarter { get; init; }

    [Description("Keep this segment.")]
    [FromQuery(Name = "segment")]
    [Filter("segment")]
    [Segment]
    public string? Segment { get; init; }

    [Description("The order: by quarter and segment when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("quartersAgo", "segment", "households", "salesValue", "salesPerHousehold")]
    public string? Sort { get; init; }
}

/// <summary>The query of <c>GET /segments/migration</c>.</summary>
internal sealed record SegmentMigrationRequest : RowRequest
{
    [Description("Keep moves into this quarter, counted back from the last DAY: 0 is the latest.")]
    [FromQuery(Name = "quarter")]
    [Filter("quarters_ago")]
    [Range(0, int.MaxValue, ErrorMessage = "quarter takes a whole number from 0, the latest.")]
    public int? Quarter { get; init; }

    [Description("Keep moves from this segment; none is that of households that had not bought by then.")]
    [FromQuery(Name = "was")]
    [Filter("from_segment")]
    [Segment("none")]
    public string? Was { get; init; }

    [Description("Keep moves to this segment.")]
    [FromQuery(Name = "became")]
    [Filter("to_segment")]
    [Segment]
    public string? Became { get; init; }

    [Description("The order: by quarter and segments when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("quartersAgo", "households", "share")]
    public string? Sort { get; init; }
}

/// <summary>The query of <c>GET /segments/households</c>.</summary>
internal sealed record SegmentHouseholdRequest : RowRequest
{
    [Description("Keep this quarter, counted back from the last DAY: 0 is the latest.")]
    [FromQuery(Name = "quarter")]
    [Filter("quarters_ago")]
    [Range(0, int.MaxValue, ErrorMessage = "quarter takes a whole number from 0, the latest.")]
    public int? Quarter { get; init; }

    [Description("Keep this segment.")]
    [FromQuery(Name = "segment")]
    [Filter("segment")]
    [Segment]
    public string? Segment { get; init; }

    [Description("The order: by quarter and household when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("quartersAgo", "householdKey", "salesValue", "baskets", "recencyDays")]
    public string? Sort { get; init; }
}

/// <summary>What <c>GET /households/{householdKey}/segments</c> takes.</summary>
internal sealed record HouseholdSegmentRequest : RowRequest
{
    [Description("The household, by household_key of the files.")]
    [FromRoute(Name = "householdKey")]
    [Filter("household_key", Keeps = Keeps.Owner)]
    public int HouseholdKey { get; init; }
}

/// <summary>The query of <c>GET /cohorts</c>.</summary>
internal sealed record CohortRequest : RowRequest
{
    [Description("Keep this cohort, the month of 28 days of the first purchase: 0 begins with the first DAY of the data.")]
    [FromQuery(Name = "cohort")]
    [Filter("cohort")]
    [Range(0, int.MaxValue, ErrorMessage = "cohort takes a whole number from 0.")]
    public int? Cohort { get; init; }

    [Description("Keep rows of so many months after the first purchase.")]
    [FromQuery(Name = "monthsSince")]
    [Filter("months_since")]
    [Range(0, int.MaxValue, ErrorMessage = "monthsSince takes a whole number from 0.")]
    public int? MonthsSince { get; init; }

    [Description("The order: by cohort and month when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("cohort", "monthsSince", "retention", "activeHouseholds", "salesValue")]
    public string? Sort { get; init; }
}
