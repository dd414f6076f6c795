using System.ComponentModel;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Ingestion.Service.Quarantine;

/// <summary>Which of a load's quarantined rows.</summary>
internal sealed record QuarantineFilter(
    [property: Description("Only rows with this reason, for example not_a_number.")] string? Reason,
    [property: Description("Only rows with a fault in this column; empty for faults of whole rows.")] string? Column,
    [property: Description("Only rows that are quarantined, mended or dropped.")] string? State)
{
    /// <summary>What is wrong with the filter, if anything.</summary>
    internal ProblemHttpResult? Check() => State is null || RowStates.All.Contains(State, StringComparer.Ordinal) ? null : TypedResults.Problem(
        type: ProblemTypes.Of("unknown-state"),
        title: "There is no such state of a row",
        detail: $"Use one of {string.Join(", ", RowStates.All)}, or leave state out.",
        statusCode: StatusCodes.Status400BadRequest);

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
