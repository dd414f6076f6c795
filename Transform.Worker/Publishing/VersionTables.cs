using DuckDB.NET.Data;
using Dunnhumby.Catalog.Versions;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Models;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>Makes the tables of a new version in its schema: the computed ones, and views of former ones.</summary>
internal sealed class VersionTables(ModelCatalog models)
{
    /// <summary>Copies every table that is not carried over and does not fail, each as soon as it is computed.</summary>
    /// <returns>What the version's register says of them, by name; and why models failed: in the computation, or on the way to Postgres.</returns>
    internal async Task<(IReadOnlyDictionary<string, VersionTableEntity> Copied, IReadOnlyDictionary<string, ModelFailure> Failures)> CopyAsync(
        int version,
        Warehouse warehouse,
        RunningComputation computing,
        ComputationPlan plan,
        string schema,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        await using var source = await warehouse.ConnectAsync(cancellationToken);
        Dictionary<string, VersionTableEntity> copied = new(StringComparer.Ordinal);
        Dictionary<string, ModelFailure> failures = new(StringComparer.Ordinal);
        await foreach (var model in computing.FinishedAsync(cancellationToken))
        {
            var published = models.Published.Index().Where(indexed => string.Equals(indexed.Item.Name, model, StringComparison.Ordinal) && !plan.Carries(model));
            foreach (var (ordinal, table) in published)
            {
                await TableCopy.ExecuteAsync("savepoint table_copy", connection, cancellationToken);
                try
                {
                    copied.Add(table.Name, await CopyAsync(table, ordinal, version, source, schema, connection, cancellationToken));
                }
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested && ConcernsData(failure))
                {
                    await TableCopy.ExecuteAsync("rollback to savepoint table_copy", connection, cancellationToken);
                    failures.Add(table.Name, failure is DuckDBException ? ModelFailure.OfEngine(table.Name, failure) : ModelFailure.OfPublishing(table.Name, failure));
                }
            }
        }

        foreach (var (model, failure) in computing.Failures)
        {
            failures.TryAdd(model, failure);
            if (copied.Remove(model))
            {
                await TableCopy.ExecuteAsync($"drop table {schema}.{model}", connection, cancellationToken);
            }
        }

        return (copied, failures);
    }

    /// <summary>The engine could not read the table out, or Postgres refused a value (class 22) or a row (class 23); anything else concerns the whole run.</summary>
    private static bool ConcernsData(Exception failure) =>
        failure is DuckDBException or PostgresException { SqlState: ['2', '2' or '3', ..] };

    private static async Task<VersionTableEntity> CopyAsync(
        Model table,
        int ordinal,
        int version,
        DuckDBConnection source,
        string schema,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity($"copy {table.Name}");
        var (rows, columns) = await TableCopy.CopyAsync(table, source, schema, connection, cancellationToken);
        activity?.SetTag("dunnhumby.rows", rows);
        return new VersionTableEntity
        {
            Version = version,
            Name = table.Name,
            Ordinal = ordinal,
            Rows = rows,
            Grain = table.Declaration.Grain,
            Columns = [.. columns.Select(column => column.Name)],
            ComputedVersion = version,
        };
    }

    /// <summary>Shows, in the new version's schema, the tables that it has from the version before. They stay where they are: nothing is copied, however many versions show them.</summary>
    internal static async Task ShowFormerAsync(
        VersionEntity version, VersionEntity? previous, string schema, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var table in version.Tables.Where(table => table.State is not TableStates.Absent && table.ComputedVersion != version.Version))
        {
            var before = previous?.SchemaName ?? throw new InvalidOperationException($"There is no former {table.Name}.");
            var home = await HomeAsync(table.Name, before, connection, cancellationToken) ?? before;
            await TableCopy.ExecuteAsync($"create view {schema}.{table.Name} as select * from {home}.{table.Name}", connection, cancellationToken);
        }
    }

    /// <summary>The schema of the table behind a view; null when it is a table itself.</summary>
    private static async Task<string?> HomeAsync(string table, string schema, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select table_schema from information_schema.view_table_usage where view_schema = $1 and view_name = $2", connection);
        command.Parameters.AddWithValue(schema);
        command.Parameters.AddWithValue(table);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
