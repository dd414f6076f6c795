namespace Dunnhumby.Lake.Tables;

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
