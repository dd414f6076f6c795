using System.Data.Common;
using Npgsql;

namespace Dunnhumby.Insights.Api;

/// <summary>Reads rows of the derived tables by the names that the models give their columns: where a column stands does not matter.</summary>
internal static class RowExtensions
{
    /// <summary>The rest of the current result, one item per row.</summary>
    internal static async Task<List<T>> ListAsync<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        List<T> items = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(read(reader));
        }

        return items;
    }

    /// <summary>The column's value.</summary>
    /// <exception cref="IndexOutOfRangeException">The result has no column of this name: it is named in the message.</exception>
    /// <exception cref="InvalidCastException">The column is of another type, or the value is null.</exception>
    internal static T Value<T>(this NpgsqlDataReader row, string column) => row.GetFieldValue<T>(row.GetOrdinal(column));

    /// <summary>The column's value, null for SQL null.</summary>
    /// <inheritdoc cref="Value"/>
    internal static T? ValueOrNull<T>(this NpgsqlDataReader row, string column)
        where T : struct => row.ValueOrNull<T>(row.GetOrdinal(column));

    /// <summary>The value of a column that is known by its place, null for SQL null: a table as a whole has whatever columns it has.</summary>
    internal static T? ValueOrNull<T>(this DbDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    /// <summary>The column's value, null for SQL null.</summary>
    /// <inheritdoc cref="Value"/>
    internal static string? TextOrNull(this NpgsqlDataReader row, string column) => row.IsDBNull(row.GetOrdinal(column)) ? null : row.Value<string>(column);

    /// <summary>The text of a column that is known by its place, null for SQL null.</summary>
    internal static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
