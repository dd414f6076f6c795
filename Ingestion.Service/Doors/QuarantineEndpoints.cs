using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Ingestion.Service.Loading.Replays;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Tables;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>The rows that were set aside.</summary>
internal static class QuarantineEndpoints
{
    internal static void MapQuarantine(this IEndpointRouteBuilder routes)
    {
        var quarantine = routes.MapGroup("/loads/{id:long}/quarantine").WithTags("Quarantine").RequireScope(Scopes.Ingest);
        quarantine.MapGet("", ListAsync).WithName("ListQuarantine")
            .Produces<Page<QuarantinedRow>>(StatusCodes.Status200OK, QuarantineCsv.Forms[0], QuarantineCsv.Forms[1..])
            .ProducesProblem(StatusCodes.Status404NotFound);
        quarantine.MapGet("/summary", SummariseAsync).WithName("GetQuarantineSummary").ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>The quarantined rows of a load by line, with what became of them: a page as JSON, or with <c>Accept: text/csv</c> all of them as CSV, unless limit says how many.</summary>
    /// <remarks>In the CSV a text that a spreadsheet would run as a formula gets an apostrophe before it.</remarks>
    internal static async Task<IResult> ListAsync(
        long id,
        [AsParameters] PageQuery page,
        [AsParameters] QuarantineFilter filter,
        LakeCatalog catalog,
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (page.Check(out var after) is { } unreadable)
        {
            return unreadable;
        }

        if (await catalog.Loads.Where(load => load.Id == id).Select(load => load.Dataset).SingleOrDefaultAsync(cancellationToken) is not { } dataset)
        {
            return LoadEndpoints.Unknown(id);
        }

        if (LakeTables.Find(dataset) is { } table && filter.Check(table) is { } problem)
        {
            return problem;
        }

        var rows = filter.Apply(catalog, id, after).OrderBy(row => row.Line).Select(QuarantineRows.Shown);
        if (request.Prefer(QuarantineCsv.Forms) is QuarantineCsv.ContentType)
        {
            var asked = page.Limit is { } limit ? rows.Take(limit) : rows;
            return TypedResults.Stream(stream => QuarantineCsv.WriteAsync(asked.AsAsyncEnumerable(), stream, cancellationToken), QuarantineCsv.ContentType, $"quarantine-{id}.csv");
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
}
