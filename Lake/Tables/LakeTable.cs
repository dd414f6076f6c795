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

/// <summary>What the newest load of a table owns as a whole, so that a later load never doubles data.</summary>
public enum ReplacementUnit
{
    /// <summary>All rows that share the unit columns, for example a basket; repeated rows inside one load are real rows.</summary>
    Group,

    /// <summary>The unit columns are a key: one row each. The same key twice in one file is deduplicated when the rows are equal, quarantined when they differ.</summary>
    Key,

    /// <summary>The whole row: the table is a set, exact repeats count once.</summary>
    Row,
}

/// <summary>What two whole numbers of one row must not say of each other, however right each is alone: one may not be greater than the other.</summary>
/// <param name="Reason">The code under which a row that breaks the rule is set aside.</param>
/// <param name="Least">The header of the column that must not be greater.</param>
/// <param name="Greatest">The header of the column that must not be less; a row that breaks the rule is at fault here.</param>
public sealed record RowRule(string Reason, string Least, string Greatest);
