using System.Globalization;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>A column of a computed table, in DuckDB's words.</summary>
/// <param name="Name">As readers see it.</param>
/// <param name="DuckType">For example <c>DECIMAL(18,2)</c>.</param>
internal sealed record TableColumn(string Name, string DuckType)
{
    private const string DecimalPrefix = "DECIMAL(";

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

    /// <summary>How the column is read from DuckDB: decimals as whole numbers of their last place.</summary>
    internal string Selected => IsDecimal ? $"({Name} * {Math.Pow(10, Scale):F0})::bigint" : Name;
}
