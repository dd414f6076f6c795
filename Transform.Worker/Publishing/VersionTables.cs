using DuckDB.NET.Data;
using Dunnhumby.Catalog.Versions;
using Dunnhumby.Transform.Worker.Cache;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Models;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>Makes what a new version shows in its schema: tables that are copied, and views of the rows of former ones.</summary>
internal sealed class VersionTables(ModelCatalog models)
{
    /// <summary>Up to so many rows are not looked through before they are copied.</summary>
    private const long Little = 10_000;

    /// <summary>Copies every table that is not carried over and does not fail, each as soon as it is computed.</summary>
    /// <returns>What the version's register says of them, by name; and why models failed: in the computation, or on the way to Postgres.</returns>
    internal async Task<(IReadOnlyDictionary<string, VersionTableEntity> Copied, IReadOnlyDictionary<string, ModelFailure> Failures)> CopyAsync(
        int version,
        MadeTables tables,
        PublishingPlan plan,
        VersionEntity? previous,
        string schema,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        // While tables are still being made, they are read by another connection. What a refresh changed is seen by its own only, until it is kept.
        await using var other = tables.Refreshed is null ? await tables.Warehouse.ConnectAsync(cancellationToken) : null;
        var source = other ?? tables.Warehouse.Connection;
        var known = other is null ? await TableCopy.ColumnsAsync(source, cancellationToken) : null;
        Dictionary<string, VersionTableEntity> copied = new(StringComparer.Ordinal);
        Dictionary<string, ModelFailure> failures = new(StringComparer.Ordinal);
        await foreach (var model in tables.Computing.FinishedAsync(cancellationToken))
        {
            var published = models.Published.Index().Where(indexed => string.Equals(indexed.Item.Name, model, StringComparison.Ordinal) && !plan.Carries(model) && !plan.Waits(model));
            foreach (var (ordinal, table) in published)
            {
                await TableCopy.ExecuteAsync("savepoint table_copy", connection, cancellationToken);
                try
                {
                    IReadOnlyList<TableColumn> columns = [.. (known ?? await TableCopy.ColumnsAsync(source, cancellationToken))[table.Name]];
                    var part = plan.PartOf(table.Name) is { } change ? await ReplaceAsync(table, ordinal, version, columns, change, tables.Warehouse, previous, connection, cancellationToken) : null;
                    copied.Add(table.Name, part ?? await CopyAsync(table, ordinal, version, columns, source, schema, connection, cancellationToken));
                }
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested && ConcernsData(failure))
                {
                    await TableCopy.ExecuteAsync("rollback to savepoint table_copy", connection, cancellationToken);
                    failures.Add(table.Name, failure is DuckDBException ? ModelFailure.OfEngine(table.Name, failure) : ModelFailure.OfPublishing(table.Name, failure));
                }
            }
        }

        foreach (var (model, failure) in tables.Computing.Failures)
        {
            failures.TryAdd(model, failure);
            if (copied.Remove(model))
            {
                await TableCopy.ExecuteAsync($"drop table {RowsTable.NameOf(schema, model)}", connection, cancellationToken);
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
        IReadOnlyList<TableColumn> columns,
        DuckDBConnection source,
        string schema,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity($"copy {table.Name}");
        await TableCopy.ExecuteAsync(RowsTable.Create(table, columns, schema), connection, cancellationToken);
        var rows = await TableCopy.FillAsync(table, columns, table.Name, isLittle: false, source, schema, version, connection, cancellationToken);
        await TableCopy.ExecuteAsync(RowsTable.Finish(table, schema), connection, cancellationToken);
        activity?.SetTag("dunnhumby.rows", rows);
        return Entity(table, ordinal, version, rows, columns, VersionEntity.SchemaOf(version));
    }

    /// <summary>Changes the published rows where a refresh changed them; readers of former versions see what they saw.</summary>
    /// <returns>Null when the rows that went are not there as they should be: the table has to be copied whole.</returns>
    private static async Task<VersionTableEntity?> ReplaceAsync(
        Model table,
        int ordinal,
        int version,
        IReadOnlyList<TableColumn> columns,
        TableChange change,
        Warehouse warehouse,
        VersionEntity? previous,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity($"change {table.Name}");
        var before = previous?.Tables.Single(former => string.Equals(former.Name, table.Name, StringComparison.Ordinal));
        if (before is not { RowsSchema: { } home, HasLaterRows: false })
        {
            return null;
        }

        var ended = await TableCopy.EndAsync(table, columns, TableChange.RemovedOf(table.Name), warehouse.Connection, home, version, connection, cancellationToken);
        if (ended.Rows != ended.Expected)
        {
            await TableCopy.ExecuteAsync("rollback to savepoint table_copy", connection, cancellationToken);
            return null;
        }

        var added = await TableCopy.FillAsync(table, columns, TableChange.AddedOf(table.Name), change.Added <= Little, warehouse.Connection, home, version, connection, cancellationToken);
        activity?.SetTag("dunnhumby.rows.removed", ended.Rows).SetTag("dunnhumby.rows.added", added);
        return Entity(table, ordinal, version, before.Rows - ended.Rows + added, columns, home);
    }

    private static VersionTableEntity Entity(Model table, int ordinal, int version, long rows, IReadOnlyList<TableColumn> columns, string home) => new()
    {
        Version = version,
        Name = table.Name,
        Ordinal = ordinal,
        Rows = rows,
        Grain = table.Declaration.Grain,
        Columns = [.. columns.Select(column => column.Name)],
        ComputedVersion = version,
        RowsSchema = home,
        RowsVersion = version,
    };

    /// <summary>
    /// Shows, in the new version's schema, its rows of every table. Those that it has from the version before stay where they are: nothing is copied, however many versions show them.
    /// </summary>
    internal static async Task ShowAsync(VersionEntity version, string schema, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // One statement for all.
        var views = version.Tables
            .Where(table => table.RowsSchema is not null)
            .Select(table => RowsTable.View(schema, table.Name, table.Columns, Home(table), table.RowsVersion))
            .ToList();
        if (views.Count > 0)
        {
            await TableCopy.ExecuteAsync(string.Join(';', views), connection, cancellationToken);
        }

        // Until it is shown, the version's own schema has another name.
        string Home(VersionTableEntity table) => string.Equals(table.RowsSchema, version.SchemaName, StringComparison.Ordinal) ? schema : table.RowsSchema ?? "";
    }
}
