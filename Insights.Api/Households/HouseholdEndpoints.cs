using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Compression;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Households;

internal static class HouseholdEndpoints
{
    internal static void MapHouseholds(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/households").WithTags("Households").ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapMethods("", Read.Methods, ListAsync).WithName("ListHouseholds").WithMetadata(new ReadsTable("household_summary")).AnswersPagesInForms<Household>();
        group.MapMethods("/{householdKey}", Read.Methods, GetAsync).WithName("GetHousehold").WithMetadata(new ReadsTable("household_summary")).AnswersAreSmall().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapMethods("/{householdKey}/daily-spend", Read.Methods, GetDailySpendAsync).WithName("GetDailySpend").WithMetadata(new ReadsTable("daily_household_spend"))
            .AnswersInForms<DailySpend, DaySpend>(spend => [.. spend.Days.Select(day => DaySpend.Of(spend, day))], _ => null)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("Households, a page at a time: follow next until it is null. Empty when nothing was published yet.")]
    private static async Task<Results<Ok<Page<Household>>, ProblemHttpResult>> ListAsync(
        [AsParameters] HouseholdListRequest request, PublishedVersion version, HouseholdQueries households, CancellationToken cancellationToken)
    {
        var sort = HouseholdSort.Of(request.Sort);
        HouseholdCursor? after = null;
        if (request.After is { } text && !(HouseholdCursor.TryDecode(text, sort.Name, out after) && sort.CanHave(after.Value)))
        {
            return TypedResults.Problem(ParameterProblems.Bad("after", "after takes the next of a page that was read with the same sort; leave it out for the first page."));
        }

        return version.Exists
            ? TypedResults.Ok(await households.ListAsync(version, request, sort, after, cancellationToken))
            : TypedResults.Ok(new Page<Household>([], Next: null));
    }

    [EndpointSummary("A household's profile, scores and spend by section.")]
    private static async Task<Results<Ok<Household>, ProblemHttpResult>> GetAsync(
        int householdKey, PublishedVersion version, HouseholdQueries households, CancellationToken cancellationToken)
    {
        if (!version.Exists)
        {
            return ReadProblems.NothingPublished();
        }

        return await households.FindAsync(version, householdKey, cancellationToken) is { } household
            ? TypedResults.Ok(household)
            : ReadProblems.UnknownHousehold(householdKey);
    }

    [EndpointSummary("A household's spend by day and section, days without spend left out.")]
    private static async Task<Results<Ok<DailySpend>, ProblemHttpResult>> GetDailySpendAsync(
        int householdKey, PublishedVersion version, DailySpendQueries spend, CancellationToken cancellationToken)
    {
        if (!version.Exists)
        {
            return ReadProblems.NothingPublished();
        }

        return await spend.FindAsync(version, householdKey, cancellationToken) is { } days
            ? TypedResults.Ok(days)
            : ReadProblems.UnknownHousehold(householdKey);
    }
}

/// <summary>A day of a household's spend as a row of CSV or Parquet: a column for each section.</summary>
internal sealed record DaySpend(int HouseholdKey, int Day, DateOnly Date, IReadOnlyDictionary<string, decimal> Sections, decimal Total)
{
    internal static DaySpend Of(DailySpend spend, SpendDay day) => new(
        spend.HouseholdKey, day.Day, day.Date, new OrderedDictionary<string, decimal>(spend.Sections.Zip(day.Sections, KeyValuePair.Create), StringComparer.Ordinal), day.Total);
}
