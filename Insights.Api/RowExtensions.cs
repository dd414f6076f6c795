using Npgsql;

namespace Dunnhumby.Insights.Api;

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

    /// <summary>The column's value, null for SQL null.</summary>
    internal static T? ValueOrNull<T>(this NpgsqlDataReader reader, int column)
        where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);
}
