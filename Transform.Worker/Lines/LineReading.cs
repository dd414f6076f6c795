using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Computing;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>A connection to the copies of a version's files, with temporary tables of its own.</summary>
/// <param name="warehouse">Goes with the reading.</param>
/// <param name="sources">What is read.</param>
/// <param name="copies">The number of each file's copy.</param>
/// <param name="store">Where the copies are.</param>
internal sealed class LineReading(Warehouse warehouse, LineSources sources, IReadOnlyDictionary<string, int> copies, LineStore store) : IDisposable
{
    internal Warehouse Warehouse => warehouse;

    internal LineSources Sources => sources;

    /// <summary>The rows of a data set that count and fulfil a condition, with load and line: a query.</summary>
    internal string Matching(LakeTable table, string condition)
    {
        var loads = sources.Of(table.Name);
        return TracedRows.Matching(table, loads, Rows(loads), Units(table, loads), condition);
    }

    /// <summary>All rows of a data set that count, with load and line: a query. Its unit is not the row.</summary>
    internal string Counting(LakeTable table)
    {
        var loads = sources.Of(table.Name);
        return TracedRows.Counting(table, loads, Rows(loads), Units(table, loads));
    }

    /// <summary>A condition that some baskets' lines fulfil, perhaps among others: that they are of one of the households who have them. Lines are found by household.</summary>
    /// <param name="condition">About BASKET_ID.</param>
    internal string OfBaskets(string condition)
    {
        var loads = sources.Of(LakeTables.Transactions.Name);
        return loads.Count == 0 ? "true" : $"household_key in (select household_key from {All(loads, "*", number => LineTables.Units(LakeTables.Transactions, number))} where {condition})";
    }

    /// <summary>A table of a model for what is read.</summary>
    internal Task<string> TableAsync(string model, CancellationToken cancellationToken) => store.TableAsync(model, sources, copies, cancellationToken);

    public void Dispose() => warehouse.Dispose();

    private string Rows(IReadOnlyList<LineLoad> loads) => All(loads, "*", LineTables.Rows);

    private string Units(LakeTable table, IReadOnlyList<LineLoad> loads) =>
        All(loads, $"{string.Join(", ", table.UnitColumns)}, {LakeLayout.PartitionColumn}", number => LineTables.Units(table, number));

    private string All(IReadOnlyList<LineLoad> loads, string columns, Func<int, string> tableOf)
    {
        // A compacted file may hold rows of loads that were withdrawn since.
        var ids = string.Join(", ", loads.Select(load => load.Id));
        var parts = loads.SelectMany(load => load.Files).Distinct(StringComparer.Ordinal)
            .Select(file => $"select {columns} from {tableOf(copies[file])}{(LakeLayout.IsCompacted(file) ? $" where {LakeLayout.PartitionColumn} in ({ids})" : "")}");
        return $"({string.Join(" union all ", parts)})";
    }
}
