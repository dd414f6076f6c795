using Dunnhumby.Contracts.Paging;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Compression;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Insights.Api.Rows;

/// <summary>
/// Endpoints that are declarations: a table, a record for its rows, one for what they add up to, and one for the request. Paging, orders, filters, totals and problems
/// follow from them.
/// </summary>
internal static class RowEndpoints
{
    /// <summary>Maps a list of rows, a page at a time.</summary>
    internal static RouteHandlerBuilder MapRows<TRequest, TRow, TTotals>(this IEndpointRouteBuilder routes, string pattern, RowSource<TRequest> source)
        where TRequest : RowRequest
        where TTotals : class
    {
        return routes.MapMethods(pattern, Read.Methods, ListAsync).WithMetadata(new ReadsTable(source.Table))
            .AnswersInForms<RowPage<TRow, TTotals>, TRow>(page => page.Items, page => page.Next)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        Task<Results<Ok<RowPage<TRow, TTotals>>, ProblemHttpResult>> ListAsync(
            [AsParameters] TRequest request, PublishedVersion version, TypedRowQueries rows, IOptions<InsightsOptions> options, CancellationToken cancellationToken) =>
            PageAsync<TRequest, TRow, TTotals>(source, request, version, rows, options.Value.RowsTimeout, cancellationToken);
    }

    /// <summary>Maps the one row of a thing.</summary>
    internal static RouteHandlerBuilder MapRow<TRequest, TRow>(this IEndpointRouteBuilder routes, string pattern, RowSource<TRequest> source)
        where TRequest : class
        where TRow : class
    {
        return routes.MapMethods(pattern, Read.Methods, GetAsync).WithMetadata(new ReadsTable(source.Table)).AnswersAreSmall()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        async Task<Results<Ok<TRow>, ProblemHttpResult>> GetAsync(
            [AsParameters] TRequest request, PublishedVersion version, TypedRowQueries rows, CancellationToken cancellationToken)
        {
            if (!version.Exists)
            {
                return ReadProblems.NothingPublished();
            }

            if (source.Refusal(version, RowShape<TRow>.Instance.Columns) is { } refusal)
            {
                return refusal;
            }

            return await rows.FindAsync<TRequest, TRow>(version, source, request, cancellationToken) is { } row ? TypedResults.Ok(row) : Unknown(source, request);
        }
    }

    private static async Task<Results<Ok<RowPage<TRow, TTotals>>, ProblemHttpResult>> PageAsync<TRequest, TRow, TTotals>(
        RowSource<TRequest> source, TRequest request, PublishedVersion version, TypedRowQueries rows, TimeSpan limit, CancellationToken cancellationToken)
        where TRequest : RowRequest
        where TTotals : class
    {
        var (shape, filters) = (RowShape<TRow>.Instance, RowFilters<TRequest>.Instance);
        if (filters.Errors(request) is { Count: > 0 } errors)
        {
            return TypedResults.Problem(ParameterProblems.Bad(errors));
        }

        var order = RowOrder.Of(shape, source.Key, filters.SortOf(request));
        RowCursor? after = null;
        if (request.After is { } text && !RowCursor.TryDecode(text, order, out after))
        {
            return TypedResults.Problem(ParameterProblems.Bad("after", "after takes the next of a page that was read with the same sort; leave it out for the first page."));
        }

        if (!version.Exists)
        {
            return filters.HasOwner ? ReadProblems.NothingPublished() : TypedResults.Ok(new RowPage<TRow, TTotals>([], Next: null, RowShape<TTotals>.Instance.Empty));
        }

        if (source.Refusal(version, shape.Columns.Concat(filters.Columns)) is { } refusal)
        {
            return refusal;
        }

        try
        {
            var page = await rows.ListAsync<TRequest, TRow, TTotals>(version, source, request, order, after, cancellationToken);
            // An empty page can be one of a thing whose rows are filtered out, or one of nothing.
            return page.Items.Count > 0 || !filters.HasOwner || await rows.HasOwnerAsync(version, source, request, cancellationToken) ? TypedResults.Ok(page) : Unknown(source, request);
        }
        catch (PostgresException late) when (late.IsTooSlow(cancellationToken))
        {
            return ReadProblems.RowsTooSlow(source.Table, limit);
        }
    }

    private static ProblemHttpResult Unknown<TRequest>(RowSource<TRequest> source, TRequest request) =>
        source.Unknown?.Invoke(request) ?? throw new InvalidOperationException($"{typeof(TRequest).Name} does not say what is unknown.");
}
