using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Ingestion.Service.Loads;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Quarantine;

/// <summary>The rows that were set aside.</summary>
internal static class QuarantineEndpoints
{
    internal static void MapQuarantine(this IEndpointRouteBuilder routes)
    {
        var quarantine = routes.MapGroup("/loads/{id:long}/quarantine").WithTags("Quarantine").RequireScope(Scopes.Ingest);
        quarantine.MapGet("/", ListAsync).Produces<Page<QuarantinedRow>>().Produces<string>(StatusCodes.Status200OK, QuarantineCsv.ContentType);
        quarantine.MapGet("/summary", SummariseAsync);
    }

    /// <summary>The quarantined rows of a load by line, with what became of them: a page as JSON, or all of them as CSV with <c>Accept: text/csv</c>.</summary>
    /// <remarks>In the CSV a text that a spreadsheet would run as a formula gets an apostrophe before it.</remarks>
    internal static async Task<IResult> ListAsync(
        long id,
        [AsParameters] PageQuery page,
        [AsParameters] QuarantineFilter filter,
        LakeCatalog catalog,
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        if ((page.Check(out var after) ?? filter.Check()) is { } problem)
        {
            return problem;
        }

        if (!await catalog.Loads.AnyAsync(load => load.Id == id, cancellationToken))
        {
            return LoadEndpoints.Unknown(id);
        }

        var rows = filter.Apply(catalog, id, after).OrderBy(row => row.Line).Select(QuarantineRows.Shown);
        if (WantsCsv(request))
        {
            return TypedResults.Stream(stream => QuarantineCsv.WriteAsync(rows.AsAsyncEnumerable(), stream, cancellationToken), QuarantineCsv.ContentType, $"quarantine-{id}.csv");
        }

        var items = await rows.Take(page.Size + 1).ToListAsync(cancellationToken);
        var more = items.Count > page.Size;
        return TypedResults.Ok(new Page<QuarantinedRow>([.. items.Take(page.Size)], more ? Cursor.Of(items[page.Size - 1].Line) : null));
    }

    /// <summary>How many rows of a load have which fault, by reason and column, and how many of them were mended or dropped.</summary>
    internal static async Task<Results<Ok<QuarantineSummary>, ProblemHttpResult>> SummariseAsync(long id, LakeCatalog catalog, CancellationToken cancellationToken)
    {
        if (await catalog.Loads.Where(load => load.Id == id).Select(load => (long?)load.Quarantined).SingleOrDefaultAsync(cancellationToken) is not { } quarantined)
        {
            return LoadEndpoints.Unknown(id);
        }

        var groups = await QuarantineRows.Of(catalog, id)
            .GroupBy(row => new { row.Reason, row.Column })
            .Select(rows => new QuarantineGroup(
                rows.Key.Reason,
                rows.Key.Column,
                rows.Min(row => row.Message) ?? "",
                rows.LongCount(),
                rows.LongCount(row => row.State == RowStates.Quarantined),
                rows.LongCount(row => row.State == RowStates.Mended),
                rows.LongCount(row => row.State == RowStates.Dropped),
                rows.LongCount(row => row.State == RowStates.Quarantined && row.IsCut)))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new QuarantineSummary(
            id,
            quarantined,
            groups.Sum(group => group.Rows),
            [.. groups.OrderByDescending(group => group.Rows).ThenBy(group => group.Reason, StringComparer.Ordinal).ThenBy(group => group.Column, StringComparer.Ordinal)]));
    }

    private static bool WantsCsv(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(QuarantineCsv.ContentType, StringComparison.OrdinalIgnoreCase));
}
