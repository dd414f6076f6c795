using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Rows;

/// <summary>What every list of rows takes. A list's own record adds its filters (<see cref="FilterAttribute"/>) and its orders (<see cref="SortAttribute"/>).</summary>
// The generator behind AddValidation() does not see through MapRows, so that it checks the annotations itself.
internal abstract record RowRequest
{
    private const int DefaultLimit = 50;

    [Description("The next of the page before, in the same order and with the same filters.")]
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [Description("How many rows a page has at most: 1 to 1,000, 50 when left out.")]
    [FromQuery(Name = "limit")]
    [Range(1, 1_000, ErrorMessage = "limit takes a whole number from 1 to 1000.")]
    public int? Limit { get; init; }

    internal int PageSize => Limit ?? DefaultLimit;
}

/// <summary>Lists of rows of DAYs.</summary>
internal abstract record DayRequest : RowRequest
{
    [Description("Keep this DAY and later ones.")]
    [FromQuery(Name = "from")]
    [Filter("day", Keeps = Keeps.AtLeast)]
    [Range(1, int.MaxValue, ErrorMessage = "from takes a DAY of the files: a whole number from 1.")]
    public int? From { get; init; }

    [Description("Keep this DAY and earlier ones.")]
    [FromQuery(Name = "to")]
    [Filter("day", Keeps = Keeps.AtMost)]
    [Range(1, int.MaxValue, ErrorMessage = "to takes a DAY of the files: a whole number from 1.")]
    public int? To { get; init; }
}

/// <summary>Lists of rows of weeks.</summary>
internal abstract record WeekRequest : RowRequest
{
    [Description("Keep this WEEK_NO and later ones.")]
    [FromQuery(Name = "from")]
    [Filter("week_no", Keeps = Keeps.AtLeast)]
    [Range(1, int.MaxValue, ErrorMessage = "from takes a WEEK_NO of the files: a whole number from 1.")]
    public int? From { get; init; }

    [Description("Keep this WEEK_NO and earlier ones.")]
    [FromQuery(Name = "to")]
    [Filter("week_no", Keeps = Keeps.AtMost)]
    [Range(1, int.MaxValue, ErrorMessage = "to takes a WEEK_NO of the files: a whole number from 1.")]
    public int? To { get; init; }
}

/// <summary>What a filter keeps.</summary>
internal enum Keeps
{
    /// <summary>Rows with the value.</summary>
    Equal,

    /// <summary>Rows with the value or a larger one.</summary>
    AtLeast,

    /// <summary>Rows with the value or a smaller one.</summary>
    AtMost,

    /// <summary>Rows of the thing that the address is about: without any there is no such thing, which is 404.</summary>
    Owner,
}

/// <summary>A property of a request that keeps rows by a column. Left out it keeps all; of an array of texts it is enough that a row has one.</summary>
/// <param name="columns">The column; of several it is enough that one has the value.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FilterAttribute(params string[] columns) : Attribute
{
    public IReadOnlyList<string> Columns => columns;

    public Keeps Keeps { get; init; }
}

/// <summary>The property of a request that names the order, by members of the rows: with a minus sign before it for descending. Left out it is the order of the key.</summary>
/// <param name="names">The members.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SortAttribute(params string[] names) : AllowedValuesAttribute([null, .. names.SelectMany(IEnumerable<string> (name) => [name, $"-{name}"])])
{
    public IReadOnlyList<string> Names => names;

    public override string FormatErrorMessage(string name) => $"sort takes {string.Join(", ", names)}, with a minus sign before it for descending.";
}
