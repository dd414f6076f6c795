namespace Dunnhumby.Lake.Tables;

/// <summary>One of the eight tables of the lake: its columns in the original order and its unit of replacement.</summary>
/// <param name="Name">The data set's name, for example <c>transaction_data</c>.</param>
/// <param name="Unit">What a newer load replaces.</param>
/// <param name="UnitColumns">The names (lower case) of the columns that identify a unit.</param>
/// <param name="Columns">In the order of the original file.</param>
public sealed record LakeTable(string Name, ReplacementUnit Unit, IReadOnlyList<string> UnitColumns, IReadOnlyList<LakeColumn> Columns)
{
    /// <summary>The positions in <see cref="Columns"/> of the columns that identify a unit, in their order.</summary>
    /// <exception cref="InvalidOperationException">One of them is no column of the table.</exception>
    public IReadOnlyList<int> UnitPositions { get; } =
        [.. UnitColumns.Select(name => Columns.Index().Single(column => string.Equals(column.Item.Name, name, StringComparison.Ordinal)).Index)];

    /// <summary>What the columns of a row must not say of each other.</summary>
    public IReadOnlyList<RowRule> Rules { get; init; } = [];
}
