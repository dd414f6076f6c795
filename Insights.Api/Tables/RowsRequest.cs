using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dunnhumby.Insights.Api.Forms;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>The query of <c>GET /tables/{name}/rows</c>, besides the filters, which are named as the table's columns.</summary>
// Public because the generator behind AddValidation() passes over internal types, and then nothing would be checked.
public sealed record RowsRequest
{
    internal const int MaxLimit = 1_000;

    private const int DefaultLimit = 50;

    [Description("Keep rows of this DAY, WEEK_NO or quarter and later ones, whichever the table's key has. Quarters count back: 0 is the latest.")]
    [FromQuery(Name = "from")]
    public int? From { get; init; }

    [Description("Keep rows up to this DAY, WEEK_NO or quarter.")]
    [FromQuery(Name = "to")]
    public int? To { get; init; }

    [Description("The order: any column by its name in camelCase, such as salesValue, with a minus sign before it for descending. The key decides ties and is the order when left out; rows without a value come last.")]
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [Description("The next of the page before, in the same order.")]
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [Description("How many rows a page has at most: 1 to 1,000, 50 when left out.")]
    [FromQuery(Name = "limit")]
    [Range(1, MaxLimit, ErrorMessage = "limit takes a whole number from 1 to 1000.")]
    public int? Limit { get; init; }

    [Description("The form of the answer, whatever Accept says. CSV and Parquet are of the page's rows alone; the address of the next page is then in the header Link.")]
    [FromQuery(Name = TableFormats.Parameter)]
    [AllowedValues(null, "json", "csv", "parquet", ErrorMessage = TableFormats.Taken)]
    public string? Format { get; init; }

    internal int PageSize => Limit ?? DefaultLimit;
}

/// <summary>The query of <c>GET /tables/{name}</c>, besides the filters, which are named as the table's columns.</summary>
// Public because the generator behind AddValidation() passes over internal types, and then nothing would be checked.
public sealed record TableRequest
{
    [Description("Keep rows of this DAY, WEEK_NO or quarter and later ones, whichever the table's key has. Quarters count back: 0 is the latest.")]
    [FromQuery(Name = "from")]
    public int? From { get; init; }

    [Description("Keep rows up to this DAY, WEEK_NO or quarter.")]
    [FromQuery(Name = "to")]
    public int? To { get; init; }

    [Description("The order: any column by its name in camelCase, such as salesValue, with a minus sign before it for descending. The key decides ties and is the order when left out; rows without a value come last.")]
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [Description("The form of the answer, whatever Accept says.")]
    [FromQuery(Name = TableFormats.Parameter)]
    [AllowedValues(null, "json", "csv", "parquet", ErrorMessage = TableFormats.Taken)]
    public string? Format { get; init; }
}
