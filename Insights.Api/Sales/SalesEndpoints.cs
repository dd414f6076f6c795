using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Dunnhumby.Insights.Api.Sales;

internal static class SalesEndpoints
{
    private const string Stores = "store_daily_sales";

    internal static void MapSales(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Sales");
        group.MapMethods("/sales/daily", Read.Methods, DailyAsync).WithName("ListDailySales").WithMetadata(new ReadsTable("daily_sales")).AnswersInForms<StoreDay>();
        group.MapMethods("/sales/stores", Read.Methods, StoreDaysAsync).WithName("ListStoreSales").WithMetadata(new ReadsTable(Stores)).AnswersPagesInForms<StoreDaySales>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapMethods("/stores", Read.Methods, StoresAsync).WithName("ListStores").WithMetadata(new ReadsTable(Stores)).AnswersInForms<StoreSales>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("Cleaned sales of the whole panel by day, days without sales left out. Empty when nothing was published yet.")]
    private static async Task<Ok<IReadOnlyList<StoreDay>>> DailyAsync(PublishedVersion version, SalesQueries sales, CancellationToken cancellationToken) =>
        TypedResults.Ok(version.Exists ? await sales.DailyAsync(version, cancellationToken) : []);

    [EndpointSummary(
        "Cleaned sales by store and day, a page at a time: follow next until it is null. Days on which a store sold nothing are left out. "
        + "The whole table as CSV or Parquet is /tables/store_daily_sales. Empty when nothing was published yet.")]
    private static async Task<Results<Ok<Page<StoreDaySales>>, ProblemHttpResult>> StoreDaysAsync(
        [AsParameters] StoreSalesRequest request, PublishedVersion version, SalesQueries sales, CancellationToken cancellationToken)
    {
        if (request.To < request.From)
        {
            return TypedResults.Problem(ParameterProblems.Bad("to", "to takes the same day as from or a later one."));
        }

        StoreDayCursor? after = null;
        if (request.After is { } text && !StoreDayCursor.TryDecode(text, out after))
        {
            return TypedResults.Problem(ParameterProblems.Bad("after", "after takes the next of a page; leave it out for the first page."));
        }

        return version switch
        {
            { Exists: false } => TypedResults.Ok(new Page<StoreDaySales>([], Next: null)),
            _ when Unknown(version) is { } unknown => unknown,
            _ => TypedResults.Ok(await sales.StoreDaysAsync(version, request, after, cancellationToken)),
        };
    }

    [EndpointSummary("Every store with its cleaned sales over the whole data. Empty when nothing was published yet.")]
    private static async Task<Results<Ok<IReadOnlyList<StoreSales>>, ProblemHttpResult>> StoresAsync(
        PublishedVersion version, SalesQueries sales, CancellationToken cancellationToken) => version switch
        {
            { Exists: false } => TypedResults.Ok<IReadOnlyList<StoreSales>>([]),
            _ when Unknown(version) is { } unknown => unknown,
            _ => TypedResults.Ok(await sales.StoresAsync(version, cancellationToken)),
        };

    /// <summary>The answer of a version that was published before there was such a table; null when it has it.</summary>
    private static ProblemHttpResult? Unknown(PublishedVersion version) =>
        version.Answer.Tables.Any(table => string.Equals(table.Name, Stores, StringComparison.Ordinal))
            ? null
            : ReadProblems.UnknownTable(Stores, version.Answer.Tables.Select(table => table.Name));
}

/// <summary>The query of <c>GET /sales/stores</c>.</summary>
// Public because the generator behind AddValidation() passes over internal types, and then nothing would be checked.
public sealed record StoreSalesRequest
{
    private const int DefaultLimit = 50;

    [Description("Keep this store, by STORE_ID of the files.")]
    [FromQuery(Name = "store")]
    public int? Store { get; init; }

    [Description("Keep this DAY and later ones.")]
    [FromQuery(Name = "from")]
    [Range(1, int.MaxValue, ErrorMessage = "from takes a DAY of the files: a whole number from 1.")]
    public int? From { get; init; }

    [Description("Keep this DAY and earlier ones.")]
    [FromQuery(Name = "to")]
    [Range(1, int.MaxValue, ErrorMessage = "to takes a DAY of the files: a whole number from 1.")]
    public int? To { get; init; }

    [Description("The next of the page before.")]
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [Description("How many rows a page has at most: 1 to 1,000, 50 when left out. All days of a store fit on a page of 1,000.")]
    [FromQuery(Name = "limit")]
    [Range(1, 1_000, ErrorMessage = "limit takes a whole number from 1 to 1000.")]
    public int? Limit { get; init; }

    internal int PageSize => Limit ?? DefaultLimit;
}

/// <summary>Where a page ended: the last row's key. Clients see it as an opaque text.</summary>
internal sealed record StoreDayCursor(int Store, int Day)
{
    private const char Separator = '|';

    internal string Encode() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Store}{Separator}{Day}")));

    /// <summary>False when the text is not a cursor.</summary>
    internal static bool TryDecode(string text, out StoreDayCursor? cursor)
    {
        cursor = null;
        if (text.Length <= 128 && Base64Url.IsValid(text)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator) is [var store, var day]
            && int.TryParse(store, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var storeId)
            && int.TryParse(day, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var dayNumber))
        {
            cursor = new StoreDayCursor(storeId, dayNumber);
        }

        return cursor is not null;
    }
}

/// <summary>Reads <c>daily_sales</c> and <c>store_daily_sales</c>.</summary>
internal sealed class SalesQueries(NpgsqlDataSource database)
{
    /// <summary>Every day with sales, ascending.</summary>
    internal async Task<IReadOnlyList<StoreDay>> DailyAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select * from {version.Schema}.daily_sales order by day");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(
            row => new StoreDay(
                row.Value<int>("day"),
                version.DateOf(row.Value<int>("day")),
                row.Value<decimal>("sales_value"),
                row.Value<int>("baskets"),
                row.Value<int>("households"),
                row.Value<int>("lines")),
            cancellationToken);
    }

    /// <summary>Every store, ascending.</summary>
    internal async Task<IReadOnlyList<StoreSales>> StoresAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select store_id, sum(sales_value) as sales_value, sum(lines) as lines, count(*)::integer as days, min(day) as first_day, max(day) as last_day
            from {version.Schema}.store_daily_sales
            group by store_id
            order by store_id
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(
            row => new StoreSales(
                row.Value<int>("store_id"),
                row.Value<decimal>("sales_value"),
                row.Value<long>("lines"),
                row.Value<int>("days"),
                row.Value<int>("first_day"),
                version.DateOf(row.Value<int>("first_day")),
                row.Value<int>("last_day"),
                version.DateOf(row.Value<int>("last_day"))),
            cancellationToken);
    }

    /// <summary>The page of rows that follows <paramref name="after"/>, or the first one, by store and day.</summary>
    internal async Task<Page<StoreDaySales>> StoreDaysAsync(
        PublishedVersion version, StoreSalesRequest request, StoreDayCursor? after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand();
        command.CommandText = StoreDaysSql(version, request, after, command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var days = await reader.ListAsync(
            row => new StoreDaySales(
                row.Value<int>("store_id"),
                row.Value<int>("day"),
                version.DateOf(row.Value<int>("day")),
                row.Value<decimal>("sales_value"),
                row.Value<int>("baskets"),
                row.Value<int>("households"),
                row.Value<int>("lines")),
            cancellationToken);
        if (days.Count <= request.PageSize)
        {
            return new Page<StoreDaySales>(days, Next: null);
        }

        days.RemoveAt(request.PageSize);
        return new Page<StoreDaySales>(days, new StoreDayCursor(days[^1].Store, days[^1].Day).Encode());
    }

    /// <summary>The statement of a page; its parameters are added to <paramref name="parameters"/>. It asks for one row more than the page has.</summary>
    internal static string StoreDaysSql(PublishedVersion version, StoreSalesRequest request, StoreDayCursor? after, NpgsqlParameterCollection parameters)
    {
        List<string> conditions = [];
        if (request.Store is { } store)
        {
            conditions.Add($"store_id = {Parameter(store)}");
        }

        if (request.From is { } from)
        {
            conditions.Add($"day >= {Parameter(from)}");
        }

        if (request.To is { } to)
        {
            conditions.Add($"day <= {Parameter(to)}");
        }

        if (after is not null)
        {
            conditions.Add($"(store_id, day) > ({Parameter(after.Store)}, {Parameter(after.Day)})");
        }

        var where = conditions.Count == 0 ? "" : $" where {string.Join(" and ", conditions)}";
        return $"select * from {version.Schema}.store_daily_sales{where} order by store_id, day limit {Parameter(request.PageSize + 1)}";

        string Parameter(int value)
        {
            parameters.Add(new NpgsqlParameter<int> { TypedValue = value });
            return $"${parameters.Count}";
        }
    }
}
