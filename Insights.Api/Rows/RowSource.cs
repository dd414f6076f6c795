using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Rows;

/// <summary>The published table that a list of rows is read from.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Key">The columns of its key, in whose order the rows are unless the request says otherwise.</param>
internal sealed record RowSource<TRequest>(string Table, params string[] Key)
{
    /// <summary>The answer where the address is about one thing (<see cref="Keeps.Owner"/>) and the table has none such.</summary>
    internal Func<TRequest, ProblemHttpResult>? Unknown { get; init; }

    /// <summary>Whether the rows that a request keeps add up. Where they may not, because groups overlap, the sums of the totals can be null.</summary>
    internal Func<TRequest, bool> AddsUp { get; init; } = static _ => true;

    /// <summary>Why a version has no answer: the table was not made yet, or it is from before the table or one of the columns. Null when it has.</summary>
    internal ProblemHttpResult? Refusal(PublishedVersion version, IEnumerable<string> columns)
    {
        if (version.Awaits(Table))
        {
            return ReadProblems.TableAwaited(Table);
        }

        if (version.Answer.Tables.FirstOrDefault(table => string.Equals(table.Name, Table, StringComparison.Ordinal)) is not { } found)
        {
            return ReadProblems.UnknownTable(Table, version.Answer.Tables.Select(table => table.Name));
        }

        return columns.FirstOrDefault(column => !found.Columns.Contains(column, StringComparer.Ordinal)) is { } missing
            ? ReadProblems.UnknownColumn(Table, missing, version.Answer.Version)
            : null;
    }
}
