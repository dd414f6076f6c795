namespace Dunnhumby.Lake.Tables;

/// <summary>One column of a lake table and the values it accepts.</summary>
/// <param name="Header">As the original files write it. Headers are compared without case and surrounding spaces.</param>
/// <param name="Kind">How it is stored.</param>
public sealed record LakeColumn(string Header, ColumnKind Kind)
{
    /// <summary>The longest text a column takes, in UTF-16 code units.</summary>
    public const int DefaultMaxLength = 200;

    /// <summary>The column's name in the lake: the header in lower case.</summary>
    public string Name { get; } = Header.ToLowerInvariant();

    /// <summary>Smallest accepted value, in cents for money.</summary>
    public long Min { get; init; } = Kind == ColumnKind.Int64 ? long.MinValue : int.MinValue;

    /// <summary>Largest accepted value, in cents for money.</summary>
    public long Max { get; init; } = Kind switch
    {
        ColumnKind.Int64 => long.MaxValue,
        ColumnKind.Money => 999_999_999,
        _ => int.MaxValue,
    };

    /// <summary>Whether a blank field is null; otherwise it is an error.</summary>
    public bool Nullable { get; init; }

    /// <summary>The accepted codes of a code list; null when any text is accepted.</summary>
    public IReadOnlyList<string>? Codes { get; init; }

    /// <summary>Longest accepted text.</summary>
    public int MaxLength { get; init; } = DefaultMaxLength;

    /// <summary>The minutes of a HHMM time must be below 60.</summary>
    public bool IsTimeOfDay { get; init; }
}

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
