using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Lines;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>The lines behind figures, read from the lake: for the insights service, which serves them and has no lake.</summary>
internal static class LineEndpoints
{
    private const int MaxLimit = 10_000;

    internal static void MapLines(this IEndpointRouteBuilder endpoints)
    {
        var lines = endpoints.MapGroup("/lines").RequireScope(Scopes.Read);
        lines.MapGet("/transactions", TransactionsAsync);
        lines.MapGet("/baskets", BasketsAsync);
        lines.MapGet("/campaigns/{campaign:int}", CampaignAsync);
    }

    /// <summary>The lines of a version that fit all of the filters; at least one is needed.</summary>
    private static async Task<Results<Ok<TransactionLines>, ProblemHttpResult>> TransactionsAsync(
        [AsParameters] LineWindow window, [AsParameters] LineFilter filter, LineSourcesReader sources, LineDesk desk, CancellationToken cancellationToken)
    {
        if (filter.Condition.Length == 0)
        {
            return TypedResults.Problem(ParameterProblems.Bad("household", "Give a household, a store, a product or a basket: without one of them these would be all lines."));
        }

        return await ReadAsync(
            window,
            [DatasetNames.Transactions, DatasetNames.Products],
            sources,
            desk,
            (reading, cancelled) => TransactionLineQuery.ReadAsync(reading, filter, window, cancelled),
            cancellationToken);
    }

    /// <summary>The baskets of the lines of a version that fit all of the filters; at least one is needed.</summary>
    private static async Task<Results<Ok<HouseholdBaskets>, ProblemHttpResult>> BasketsAsync(
        [AsParameters] LineWindow window, [AsParameters] LineFilter filter, LineSourcesReader sources, LineDesk desk, CancellationToken cancellationToken) =>
        filter.Condition.Length == 0
            ? TypedResults.Problem(ParameterProblems.Bad("household", "Give a household, a store, a product or a basket: without one of them these would be all baskets."))
            : await ReadAsync(
                window,
                [DatasetNames.Transactions, DatasetNames.Products],
                sources,
                desk,
                (reading, cancelled) => BasketQuery.ReadAsync(reading, filter, window, cancelled),
                cancellationToken);

    /// <summary>The rows of a version about a campaign.</summary>
    /// <param name="dataset">Only rows of this data set.</param>
    private static async Task<Results<Ok<CampaignLines>, ProblemHttpResult>> CampaignAsync(
        int campaign, string? dataset, [AsParameters] LineWindow window, LineSourcesReader sources, LineDesk desk, CancellationToken cancellationToken)
    {
        var datasets = CampaignLineQuery.Datasets.Where(name => dataset is null || string.Equals(name, dataset, StringComparison.Ordinal)).ToList();
        return datasets.Count == 0
            ? TypedResults.Problem(ParameterProblems.Bad("dataset", $"dataset takes one of {string.Join(", ", CampaignLineQuery.Datasets)}."))
            : await ReadAsync(
                window,
                datasets,
                sources,
                desk,
                (reading, cancelled) => CampaignLineQuery.ReadAsync(reading, campaign, datasets, window, cancelled),
                cancellationToken);
    }

    private static async Task<Results<Ok<T>, ProblemHttpResult>> ReadAsync<T>(
        LineWindow window,
        IReadOnlyList<string> datasets,
        LineSourcesReader sources,
        LineDesk desk,
        Func<LineReading, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
        where T : class
    {
        if (window.Limit is < 1 or > MaxLimit || window.Offset < 0)
        {
            return TypedResults.Problem(ParameterProblems.Bad("limit", $"limit takes a whole number from 1 to {MaxLimit}, offset one from 0."));
        }

        if (await sources.FindAsync(window.Version, window.Figure, datasets, cancellationToken) is not { } found)
        {
            return LineProblems.UnknownVersion(window.Version);
        }

        if (found.Gone is { Count: > 0 } gone)
        {
            return LineProblems.FilesRemoved(window.Version, gone);
        }

        var (value, refusal) = await desk.ReadAsync(found, read, cancellationToken);
        return value is null ? refusal ?? throw new InvalidOperationException("A reading has a value or a refusal.") : TypedResults.Ok(value);
    }
}

/// <summary>Of which version, and which part of the answer.</summary>
/// <param name="Version">The version.</param>
/// <param name="Figure">The table whose figure the lines are to add up to: if it is stale, they are those that it was made of.</param>
/// <param name="Offset">How many lines come before the first.</param>
/// <param name="Limit">1 to 10,000.</param>
internal sealed record LineWindow(
    [property: FromQuery(Name = "version")] int Version,
    [property: FromQuery(Name = "figure")] string? Figure,
    [property: FromQuery(Name = "offset")] long Offset,
    [property: FromQuery(Name = "limit")] int Limit);

/// <summary>Which transaction lines.</summary>
internal sealed record LineFilter(
    [property: FromQuery(Name = "household")] int? Household,
    [property: FromQuery(Name = "store")] int? Store,
    [property: FromQuery(Name = "product")] int? Product,
    [property: FromQuery(Name = "basket")] long? Basket,
    [property: FromQuery(Name = "day")] int? Day,
    [property: FromQuery(Name = "from")] int? From,
    [property: FromQuery(Name = "to")] int? To)
{
    /// <summary>The filter as SQL; empty when it would leave all lines of a day or more.</summary>
    internal string Condition
    {
        get
        {
            List<string> conditions = [];
            Add("household_key", Household);
            Add("store_id", Store);
            Add("product_id", Product);
            Add("basket_id", Basket);
            if (conditions.Count > 0)
            {
                Add("day", Day);
                Add("day", From, ">=");
                Add("day", To, "<=");
            }

            return string.Join(" and ", conditions);

            void Add(string column, long? value, string compared = "=")
            {
                if (value is { } number)
                {
                    conditions.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{column} {compared} {number}"));
                }
            }
        }
    }
}

internal static class LineExtensions
{
    /// <summary>Adds what reads lines. Reads the section Lines.</summary>
    internal static void AddLines(this IServiceCollection services)
    {
        services.AddOptions<LineOptions>().BindConfiguration(LineOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LineSourcesReader>();
        services.AddSingleton<LineStore>();
        services.AddSingleton<LineDesk>();
    }
}
