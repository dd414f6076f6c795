namespace Dunnhumby.Contracts.Segments;

/// <summary>A segment in a quarter: a row of <c>segment_summary</c>.</summary>
/// <param name="QuartersAgo">Quarters of 91 days, counted back from the last DAY of the data: 0 is the latest.</param>
/// <param name="Segment">The segment, as household_segments defines it.</param>
/// <param name="Households">Households in the segment.</param>
/// <param name="AllHouseholds">Households in all segments: those that had bought by then.</param>
/// <param name="ShareOfHouseholds">households / all_households.</param>
/// <param name="Baskets">Baskets of the quarter. None in lost and lapsing: they did not buy.</param>
/// <param name="SalesValue">Cleaned sales of the quarter. In dollars.</param>
/// <param name="ShareOfSales">sales_value / the cleaned sales of the quarter; null where there is nothing to divide by.</param>
/// <param name="SalesPerHousehold">sales_value / households. In dollars a household.</param>
/// <param name="BasketsPerHousehold">baskets / households. Baskets a household.</param>
/// <param name="MeanRecencyDays">The mean of the households' recency_days.</param>
public sealed record SegmentSummary(
    int QuartersAgo,
    string Segment,
    int Households,
    int AllHouseholds,
    decimal ShareOfHouseholds,
    int Baskets,
    decimal SalesValue,
    decimal? ShareOfSales,
    decimal SalesPerHousehold,
    decimal BasketsPerHousehold,
    decimal MeanRecencyDays);

/// <summary>How many households went from one segment to another within a quarter: a row of <c>segment_migration</c>.</summary>
/// <param name="QuartersAgo">The later quarter, counted back from the last DAY of the data: 0 is the latest.</param>
/// <param name="FromSegment">The segment at the end of the quarter before; none for households that had not bought by then.</param>
/// <param name="ToSegment">The segment at the end of the quarter.</param>
/// <param name="Households">Households that went this way.</param>
/// <param name="FromHouseholds">Households with from_segment.</param>
/// <param name="Share">households / from_households: the shares of a from_segment add up to one, but for rounding.</param>
public sealed record SegmentMigration(
    int QuartersAgo,
    string FromSegment,
    string ToSegment,
    int Households,
    int FromHouseholds,
    decimal Share);

/// <summary>A household's segment at the end of a quarter: a row of <c>household_segments</c>.</summary>
/// <param name="QuartersAgo">Quarters of 91 days, counted back from the last DAY of the data: 0 is the latest.</param>
/// <param name="HouseholdKey">The household, as in the files.</param>
/// <param name="FirstDay">The quarter's first DAY. Before the data's first in the oldest quarter.</param>
/// <param name="FirstDate">The first day on the calendar.</param>
/// <param name="LastDay">The quarter's last DAY.</param>
/// <param name="LastDate">The last day on the calendar.</param>
/// <param name="DaysInData">Days of the quarter that lie in the data: fewer than 91 in the oldest quarter, as a rule.</param>
/// <param name="RecencyDays">Days from the household's last purchase up to then to the quarter's last DAY.</param>
/// <param name="Baskets">Different baskets in the quarter with a cleaned line.</param>
/// <param name="SalesValue">Cleaned sales in the quarter. In dollars.</param>
/// <param name="RScore">Quintile of the last purchase in the quarter; 5 is the most recent. Null without purchase in it. 1 to 5.</param>
/// <param name="FScore">Quintile of baskets; null without purchase. 1 to 5.</param>
/// <param name="MScore">Quintile of sales_value; null without purchase. 1 to 5.</param>
/// <param name="Segment">The first rule of the table's description that applies.</param>
public sealed record HouseholdSegment(
    int QuartersAgo,
    int HouseholdKey,
    int FirstDay,
    DateOnly FirstDate,
    int LastDay,
    DateOnly LastDate,
    int DaysInData,
    int RecencyDays,
    int Baskets,
    decimal SalesValue,
    int? RScore,
    int? FScore,
    int? MScore,
    string Segment);

/// <summary>How many households of a cohort bought again in a later month: a row of <c>cohort_retention</c>.</summary>
/// <param name="Cohort">The month of 28 days of the first purchase: 0 begins with the first DAY of the data.</param>
/// <param name="MonthsSince">Months from the cohort to the month that the row is about: 0 is the month of the first purchase.</param>
/// <param name="CohortFirstDay">The cohort's first DAY.</param>
/// <param name="CohortFirstDate">That day on the calendar.</param>
/// <param name="DaysInData">Days of the row's month that lie in the data: fewer than 28 in the last month, as a rule, where retention is lower for that reason.</param>
/// <param name="CohortHouseholds">Households of the cohort.</param>
/// <param name="ActiveHouseholds">Those of them with a purchase in the month.</param>
/// <param name="Baskets">Their baskets in the month.</param>
/// <param name="SalesValue">Their cleaned sales in the month. In dollars.</param>
/// <param name="Retention">active_households / cohort_households. 1 in month 0 by definition. It can rise again: households come back.</param>
/// <param name="SalesPerHousehold">sales_value / cohort_households: per household of the cohort, active or not. In dollars a household.</param>
public sealed record CohortMonth(
    int Cohort,
    int MonthsSince,
    int CohortFirstDay,
    DateOnly CohortFirstDate,
    int DaysInData,
    int CohortHouseholds,
    int ActiveHouseholds,
    int Baskets,
    decimal SalesValue,
    decimal Retention,
    decimal SalesPerHousehold);
