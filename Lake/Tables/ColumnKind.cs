namespace Dunnhumby.Lake.Tables;

/// <summary>How a column is stored.</summary>
public enum ColumnKind
{
    /// <summary>32-bit whole number.</summary>
    Int32,

    /// <summary>64-bit whole number.</summary>
    Int64,

    /// <summary>Dollars with two decimals, stored as whole cents: Parquet <c>INT32</c> annotated <c>DECIMAL(9, 2)</c>.</summary>
    Money,

    /// <summary>UTF-8 text; blank text is null where the column allows it.</summary>
    Text,
}
