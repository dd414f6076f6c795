using System.Text.Json;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Orphans;

/// <summary>Reads <c>orphans</c>.</summary>
internal sealed class OrphanQueries(NpgsqlDataSource database)
{
    /// <summary>Every reference between the eight tables, in the order of the tables.</summary>
    internal async Task<IReadOnlyList<OrphanReference>> ListAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select dataset, column_names, target, is_target_loaded, rows, keys, examples, loads from {version.Schema}.orphans order by reference");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(
            row => new OrphanReference(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetBoolean(3),
                row.ValueOrNull<long>(4),
                row.ValueOrNull<long>(5),
                JsonSerializer.Deserialize(row.GetString(6), InsightsJson.Default.IReadOnlyListOrphanKey) ?? [],
                JsonSerializer.Deserialize(row.GetString(7), InsightsJson.Default.IReadOnlyListOrphanLoad) ?? []),
            cancellationToken);
    }
}
