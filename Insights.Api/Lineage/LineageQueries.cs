using System.Text.Json;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Insights.Api.Reference;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Lineage;

/// <summary>Reads what a version keeps of its lineage, and adds how fresh its tables are.</summary>
internal sealed class LineageQueries(NpgsqlDataSource database)
{
    private const string Fresh = "fresh";

    /// <summary>The run that published the version, and its tables. None for a version from before lineage was kept.</summary>
    internal async Task<(long? RunId, IReadOnlyList<LineageTable> Tables)> ReadAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Of(version, "select run_id, lineage from insights.versions where version = $1"),
                Of(version, "select name, state, computed_version, computed_at, rows, reason from insights.version_tables where version = $1"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            // Removed since it was looked up: a newer one is published.
            return (null, []);
        }

        var (runId, lineage) = (reader.Value<long>("run_id"), reader.TextOrNull("lineage"));
        await reader.NextResultAsync(cancellationToken);
        var registered = await reader.ListAsync(
            row => (
                Name: row.Value<string>("name"),
                State: row.Value<string>("state"),
                Version: row.ValueOrNull<int>("computed_version"),
                At: row.ValueOrNull<DateTimeOffset>("computed_at"),
                Rows: row.Value<long>("rows"),
                Reason: row.TextOrNull("reason")),
            cancellationToken);
        if (lineage is null)
        {
            return (runId, []);
        }

        var tables = JsonSerializer.Deserialize(lineage, InsightsJson.Default.IReadOnlyListLineageTable) ?? [];
        var datasets = Datasets(tables);
        return (runId, [.. tables.Select(table => table with { Freshness = Freshness(table) })]);

        LineageFreshness? Freshness(LineageTable table)
        {
            if (table.Kind is LineageKinds.Dataset)
            {
                VersionLoad[] loads = [.. version.Answer.Loads.Where(load => string.Equals(load.Dataset, table.Name, StringComparison.Ordinal))];
                return new LineageFreshness(
                    loads.Length > 0 ? "loaded" : "empty", ComputedVersion: null, loads.Length > 0 ? loads.Max(load => load.CompletedAt) : null, [.. loads.Select(load => load.Id)], Rows: null, Reason: null);
            }

            if (registered.Find(row => string.Equals(row.Name, table.Name, StringComparison.Ordinal)) is not { Name: not null } row)
            {
                return null;
            }

            // After a run that failed as a whole every table is stale, whatever the register says.
            var stale = version.Answer.StaleTables.FirstOrDefault(stale => string.Equals(stale.Name, table.Name, StringComparison.Ordinal));
            var waiting = version.Answer.WaitingTables.FirstOrDefault(waiting => string.Equals(waiting.Name, table.Name, StringComparison.Ordinal));
            var isAbsent = stale is { IsAbsent: true } || waiting is { ComputedVersion: null };
            var read = version.Answer.Loads.Where(load => datasets[table.Name].Contains(load.Dataset)).Select(load => load.Id);
            return new LineageFreshness(
                stale is null || !string.Equals(row.State, Fresh, StringComparison.Ordinal) ? row.State : "stale",
                row.Version,
                isAbsent ? null : row.At ?? version.Answer.PublishedAt,
                isAbsent ? [] : [.. read.Except(stale?.MissingLoads ?? waiting?.MissingLoads ?? []).Union(stale?.WithdrawnLoads ?? waiting?.WithdrawnLoads ?? []).Order()],
                isAbsent ? null : row.Rows,
                stale?.Reason ?? row.Reason);
        }
    }

    private static NpgsqlBatchCommand Of(PublishedVersion version, string sql) =>
        new(sql) { Parameters = { new NpgsqlParameter<int> { TypedValue = version.Answer.Version } } };

    /// <summary>Of every table the data sets that it is made of, through others: they stand before it.</summary>
    private static Dictionary<string, HashSet<string>> Datasets(IReadOnlyList<LineageTable> tables)
    {
        Dictionary<string, HashSet<string>> datasets = new(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            datasets[table.Name] = new HashSet<string>(
                table.Kind is LineageKinds.Dataset ? [table.Name] : table.Inputs.SelectMany(input => datasets.GetValueOrDefault(input) ?? []), StringComparer.Ordinal);
        }

        return datasets;
    }
}
