using System.Globalization;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>A column of a computed table, in DuckDB's words.</summary>
/// <param name="Name">As readers see it.</param>
/// <param name="DuckType">For example <c>DECIMAL(18,2)</c>.</param>
internal sealed record TableColumn(string Name, string DuckType)
{
    private const string DecimalPrefix = "DECIMAL(";

    /// <summary>Decimals of more digits are no 64-bit numbers in DuckDB.</summary>
    private const int DigitsOfInt64 = 18;

    /// <summary>Decimal places; 0 for other types.</summary>
    internal int Scale { get; } = DuckType.StartsWith(DecimalPrefix, StringComparison.Ordinal)
        ? int.Parse(DuckType.AsSpan(DuckType.IndexOf(',', StringComparison.Ordinal) + 1).TrimEnd(')'), CultureInfo.InvariantCulture)
        : 0;

    /// <summary>The column's type in Postgres.</summary>
    /// <exception cref="NotSupportedException">A model has a column of a type that tables of a version do not have.</exception>
    internal string PostgresType => DuckType switch
    {
        "INTEGER" => "integer",
        "BIGINT" => "bigint",
        "BOOLEAN" => "boolean",
        "VARCHAR" => "text",
        _ when IsDecimal => $"numeric({DuckType[DecimalPrefix.Length..]}",
        _ => throw new NotSupportedException($"Column {Name} has the type {DuckType}: cast it in the model."),
    };

    internal bool IsDecimal => DuckType.StartsWith(DecimalPrefix, StringComparison.Ordinal);

    /// <summary>Whether a column of this type can be read as <see cref="Unscaled"/>.</summary>
    internal bool IsNarrow => IsDecimal
        && int.Parse(DuckType.AsSpan()[DecimalPrefix.Length..DuckType.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture) <= DigitsOfInt64;

    /// <summary>A condition that is true where <see cref="Unscaled"/> would leave its type: DuckDB multiplies decimals within their digits.</summary>
    internal string Overflows => $"abs({Name}) >= 1{new string('0', DigitsOfInt64 - (2 * Scale))}";

    /// <summary>The decimal as a whole number of its last place: read several times faster than a decimal.</summary>
    internal string Unscaled => $"({Name} * 1{new string('0', Scale)})::bigint";
}
