using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using CsvHelper;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Ingestion.Service.Loading.Replays;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Tables;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Problems;
using Dunnhumby.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
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

/// <summary>Which of a load's quarantined rows.</summary>
internal sealed record QuarantineFilter(
    [property: FromQuery(Name = "reason"), Description("Only rows with this reason, for example not_a_number.")] string? Reason,
    [property: FromQuery(Name = "column"), Description("Only rows with a fault in this column; empty for faults of whole rows.")] string? Column,
    [property: FromQuery(Name = "state"), Description("Only rows that are quarantined, mended or dropped."), AllowedValues(null, RowStates.Quarantined, RowStates.Mended, RowStates.Dropped)] string? State)
{
    /// <summary>What is wrong with the filter, if anything: without this check, a state, reason or column that no row can have would look like an empty result.</summary>
    internal ProblemHttpResult? Check(LakeTable table)
    {
        if (State is not null && !RowStates.All.Contains(State, StringComparer.Ordinal))
        {
            return TypedResults.Problem(
                type: ProblemTypes.Of("unknown-state"),
                title: "There is no such state of a row",
                detail: $"Use one of {string.Join(", ", RowStates.All)}, or leave state out.",
                statusCode: StatusCodes.Status400BadRequest);
        }

        if (Reason is not null && !Reasons.All.Contains(Reason))
        {
            return TypedResults.Problem(ParameterProblems.Bad("reason", $"'{Reason}' does not fit: reason takes {string.Join(", ", Reasons.All)}."));
        }

        return Column is null or "" || table.Columns.Any(column => string.Equals(column.Header, Column, StringComparison.Ordinal))
            ? null
            : TypedResults.Problem(ParameterProblems.Bad(
                "column", $"'{Column}' does not fit: column takes {string.Join(", ", table.Columns.Select(column => column.Header))}, or nothing for faults of whole rows."));
    }

    /// <summary>The rows that pass, after a line, in no order.</summary>
    internal IQueryable<StoredRow> Apply(LakeCatalog catalog, long loadId, long? after)
    {
        var rows = QuarantineRows.Of(catalog, loadId).Where(row =>
            (after == null || row.Line > after)
            && (Reason == null || row.Reason == Reason)
            && (Column == null || (row.Column ?? "") == Column));
        return State is null ? rows : rows.Where(row => row.State == State);
    }
}

/// <summary>Quarantined rows as CSV that is safe to open in a spreadsheet.</summary>
internal static class QuarantineCsv
{
    internal const string ContentType = "text/csv";

    /// <summary>The media types of the quarantine, the default first.</summary>
    internal static readonly string[] Forms = ["application/json", ContentType];

    internal static async Task WriteAsync(IAsyncEnumerable<QuarantinedRow> rows, Stream stream, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape }, leaveOpen: true);
        await csv.WriteRecordAsync(["line", "byte_offset", "column", "reason", "message", "raw_text"], cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            csv.WriteField(row.Line);
            csv.WriteField(row.ByteOffset);
            csv.WriteField(row.Column);
            csv.WriteField(row.Reason);
            csv.WriteField(row.Message);
            csv.WriteField(row.RawText);
            await csv.EndRecordAsync(cancellationToken);
        }
    }
}
