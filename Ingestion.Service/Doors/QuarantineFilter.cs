using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Loading.Replays;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Tables;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Which of a load's quarantined rows.</summary>
internal sealed record QuarantineFilter(
    [property: FromQuery(Name = "reason"), Description("Only rows with this reason, for example not_a_number.")] string? Reason,
    [property: FromQuery(Name = "column"), Description("Only rows with a fault in this column; empty for faults of whole rows.")] string? Column,
    [property: FromQuery(Name = "state"), Description("Only rows that are quarantined, mended or dropped."), AllowedValues(null, RowStates.Quarantined, RowStates.Mended, RowStates.Dropped)] string? State)
{
    /// <summary>What is wrong with the filter, if anything: a state, reason or column that no row can have would answer as if there were no such rows.</summary>
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
