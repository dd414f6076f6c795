using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Ingestion.Service.Loads;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Quarantine;

/// <summary>The rows that were set aside.</summary>
internal static class QuarantineEndpoints
{
    internal static void MapQuarantine(this IEndpointRouteBuilder routes) => routes
        .MapGet("/loads/{id:long}/quarantine", ListAsync)
        .WithTags("Loads")
        .RequireScope(Scopes.Ingest)
        .Produces<Page<QuarantinedRow>>()
        .Produces<string>(StatusCodes.Status200OK, QuarantineCsv.ContentType);

    /// <summary>The quarantined rows of a load by line: a page as JSON, or all of them as CSV with <c>Accept: text/csv</c>.</summary>
    /// <remarks>In the CSV a text that a spreadsheet would run as a formula gets an apostrophe before it.</remarks>
    internal static async Task<IResult> ListAsync(long id, [AsParameters] PageQuery page, LakeCatalog catalog, HttpRequest request, CancellationToken cancellationToken)
    {
        if (page.Check(out var after) is { } problem)
        {
            return problem;
        }

        if (!await catalog.Loads.AnyAsync(load => load.Id == id, cancellationToken))
        {
            return LoadEndpoints.Unknown(id);
        }

        var rows = catalog.QuarantinedRows.AsNoTracking()
            .Where(row => row.LoadId == id && (after == null || row.Line > after))
            .OrderBy(row => row.Line)
            .Select(row => new QuarantinedRow(row.Line, row.ByteOffset, row.Column, row.Reason, row.Message, row.RawText));
        if (WantsCsv(request))
        {
            return TypedResults.Stream(stream => QuarantineCsv.WriteAsync(rows.AsAsyncEnumerable(), stream, cancellationToken), QuarantineCsv.ContentType, $"quarantine-{id}.csv");
        }

        var items = await rows.Take(page.Size + 1).ToListAsync(cancellationToken);
        var more = items.Count > page.Size;
        return TypedResults.Ok(new Page<QuarantinedRow>([.. items.Take(page.Size)], more ? Cursor.Of(items[page.Size - 1].Line) : null));
    }

    private static bool WantsCsv(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(QuarantineCsv.ContentType, StringComparison.OrdinalIgnoreCase));
}
