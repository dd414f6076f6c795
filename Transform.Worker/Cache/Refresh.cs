using System.Diagnostics;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Cache;

/// <summary>
/// Brings the tables of the last run up to date with the lake. Each data set and model is looked at behind its inputs: without a change in them it stays; one that
/// is made in parts makes the parts that a changed row is in, by the same query over inputs that are restricted to them; any other is made whole, and so is one
/// that is asked for; one that waits for its time stays. What changed is told by comparing the rows before and after, so that a change that alters nothing goes no further.
/// </summary>
internal sealed class Refresh(ModelCatalog models, LakeLayout layout, Warehouse warehouse, CachedState before, LakeInputs inputs, IReadOnlySet<string> asked, IReadOnlySet<string> waiting)
{
    /// <summary>A table that is made whole is compared with what it was only up to this size.</summary>
    private const long MostCompared = 1_000_000;

    private readonly Dictionary<string, TableChange> _changes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changedLoads = new(StringComparer.Ordinal);
    private List<RunStep> _steps = [];
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inParts = new(StringComparer.Ordinal);
    private ILookup<string, string> _columns = Array.Empty<string>().ToLookup(name => name, StringComparer.Ordinal);
    private string _database = "";

    /// <summary>What was done for each model.</summary>
    internal IReadOnlyList<RunStep> Steps => _steps;

    /// <summary>Does it, in a transaction of the warehouse's own connection that is left open: to commit it is to keep the tables.</summary>
    /// <param name="cancellationToken">Interrupts the query that runs.</param>
    /// <returns>What changed, by the names of data sets and models. The rows that went and came are in temporary tables of the same connection.</returns>
    /// <exception cref="DuckDB.NET.Data.DuckDBException">A query failed: the cache is as it was.</exception>
    /// <exception cref="RefreshFailedException">A test found wrong rows: the cache is as it was.</exception>
    internal async Task<IReadOnlyDictionary<string, TableChange>> RunAsync(CancellationToken cancellationToken)
    {
        await ReadColumnsAsync(cancellationToken);
        await warehouse.ExecuteAsync("begin", cancellationToken);
        try
        {
            foreach (var table in LakeTables.All)
            {
                _changes.Add(table.Name, await RefreshAsync(table, cancellationToken));
            }

            foreach (var model in models.Models)
            {
                using var activity = TransformTelemetry.Activities.StartActivity($"model {model.Name}");
                var started = Stopwatch.GetTimestamp();
                var change = await RefreshAsync(model, cancellationToken);
                _changes.Add(model.Name, change);
                activity?.SetTag("dunnhumby.model", model.Name).SetTag("dunnhumby.change", change.Kind.ToString())
                    .SetTag("dunnhumby.rows.removed", change.Removed).SetTag("dunnhumby.rows.added", change.Added);
                var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
                _steps.Add(new RunStep(model.Name, KindOf(model), Math.Round(seconds, 4), change.Removed, change.Added, Changed(model)));
                TransformTelemetry.ModelDuration.Record(seconds, new KeyValuePair<string, object?>("dunnhumby.model", model.Name));
            }

            _steps = [.. await warehouse.MeasureAsync(_steps, cancellationToken)];
            await TestAsync(cancellationToken);
            await NoticeAsync(cancellationToken);
            return _changes;
        }
        catch
        {
            await warehouse.ExecuteAsync("rollback", CancellationToken.None);
            throw;
        }
    }

    private async Task ReadColumnsAsync(CancellationToken cancellationToken)
    {
        _database = await warehouse.TextAsync("select current_database()", cancellationToken) ?? "";
        await using var command = warehouse.Connection.CreateCommand();
        command.CommandText = "select table_name, column_name from duckdb_columns() where database_name = current_database() and schema_name = 'main' order by column_index";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(string Table, string Column)> columns = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        _columns = columns.ToLookup(column => column.Table, column => column.Column, StringComparer.Ordinal);
    }

    private async Task<TableChange> RefreshAsync(LakeTable table, CancellationToken cancellationToken)
    {
        var loads = inputs.Of(table.Name);
        var known = before.Loads.Where(load => string.Equals(load.Dataset, table.Name, StringComparison.Ordinal)).Select(load => load.Id).ToHashSet();
        var added = loads.Where(load => !known.Contains(load.Id)).ToList();
        var removed = known.Except(inputs.Loads.Select(load => load.Id)).ToList();
        if (added.Count + removed.Count == 0)
        {
            return TableChange.None;
        }

        _changedLoads.Add(table.Name);
        if (!models.Stored.Contains(table.Name))
        {
            return TableChange.Unknown;
        }

        if (!LakeViews.HasLoad(table))
        {
            return await ReplaceAsync(table.Name, LakeViews.Rows(table, loads, layout), cancellationToken);
        }

        await warehouse.ExecuteAsync($"create temp table {Touched(table.Name)} as {Units(table, added, removed)}", cancellationToken);
        var touched = Touched(table.Name);
        var rows = (loads.Count, removed.Count) switch
        {
            (0, _) => LakeViews.Rows(table, loads, layout),
            (_, 0) => LakeViews.RowsOf(table, loads, layout, touched, added, table.Name),
            _ => LakeViews.RowsOf(table, loads, layout, touched),
        };
        await warehouse.ExecuteAsync($"create temp table {Fresh(table.Name)} as {rows}", cancellationToken);
        return await SettleAsync(table.Name, table.UnitColumns, cancellationToken);
    }

    /// <summary>The units that some load brought or took away: a query.</summary>
    private string Units(LakeTable table, List<InputLoad> added, List<long> removed)
    {
        List<string> units = [];
        if (added.Count > 0)
        {
            units.Add(LakeViews.UnitsOf(table, added, layout));
        }

        if (removed.Count > 0)
        {
            units.Add($"select distinct {Columns(table.UnitColumns)} from {table.Name} where {LakeLayout.PartitionColumn} in ({string.Join(", ", removed)})");
        }

        return string.Join(" union ", units);
    }

    private async Task<TableChange> RefreshAsync(Model model, CancellationToken cancellationToken)
    {
        var changed = Changed(model);
        var isAsked = asked.Contains(model.Name);
        if (waiting.Contains(model.Name) || (changed.Count == 0 && !isAsked))
        {
            return TableChange.None;
        }

        foreach (var dataset in model.Inputs)
        {
            await ShowAsync(dataset, cancellationToken);
        }

        if (isAsked || Parts(model, changed) is not { } parts)
        {
            return await ReplaceAsync(model.Name, model.Query, cancellationToken);
        }

        await warehouse.ExecuteAsync($"create temp table {Touched(model.Name)} as {parts}", cancellationToken);
        var restricted = model.Inputs.Select(input => (Input: input, Shared: Shared(model, input))).Where(input => input.Shared.Count > 0).ToList();
        // A temporary view goes before the table of the same name, so that the model's own query reads it.
        var views = restricted.Select(input =>
            $"create temp view {input.Input} as from {_database}.main.{input.Input} semi join {Touched(model.Name)} using ({Columns(input.Shared)});");
        await warehouse.ExecuteAsync($"{string.Concat(views)} create temp table {Fresh(model.Name)} as {model.Query}", cancellationToken);
        await warehouse.ExecuteAsync(string.Concat(restricted.Select(input => $"drop view temp.main.{input.Input};")), cancellationToken);
        _inParts.Add(model.Name);
        return await SettleAsync(model.Name, model.Declaration.Partition, cancellationToken);
    }

    /// <summary>The inputs that changed.</summary>
    private List<string> Changed(Model model) =>
        [.. model.Inputs.Where(input => _changes[input].IsThere || (_changedLoads.Contains(input) && model.AllLoadsOf.Contains(input, StringComparer.Ordinal)))];

    private string KindOf(Model model) => _inParts.Contains(model.Name) ? RunStepKinds.Part : waiting.Contains(model.Name) ? RunStepKinds.None : asked.Contains(model.Name) || Changed(model).Count > 0 ? RunStepKinds.Whole : RunStepKinds.None;

    /// <summary>The parts that changed rows of the inputs are in: a query; null when it cannot be told.</summary>
    private string? Parts(Model model, IReadOnlyList<string> changed)
    {
        var partition = model.Declaration.Partition;
        if (partition.Count == 0 || changed.Any(input => _changes[input].Kind is not TableChangeKind.Rows))
        {
            return null;
        }

        var complete = model.Inputs.Where(input => Shared(model, input).Count == partition.Count).ToList();
        List<string> parts = [];
        foreach (var input in changed)
        {
            var shared = Columns(Shared(model, input));
            var rows = $"(select distinct {shared} from {TableChange.DifferenceOf(input)})";
            if (complete.Contains(input, StringComparer.Ordinal))
            {
                parts.Add($"select {Columns(partition)} from {rows}");
            }
            else if (shared.Length == 0 || complete.Count == 0)
            {
                return null;
            }
            else
            {
                // It tells a part of the columns: the others are found where they stand together, in the table as it was and in the other inputs as they are.
                parts.AddRange(complete.Append(model.Name).Select(table => $"select {Columns(partition)} from {table} semi join {rows} using ({shared})"));
            }
        }

        return string.Join(" union ", parts);
    }

    /// <summary>Those of a model's partition columns that an input has.</summary>
    private List<string> Shared(Model model, string input) => [.. model.Declaration.Partition.Where(column => _columns[input].Contains(column, StringComparer.Ordinal))];

    /// <summary>Compares the fresh rows of the touched parts with those that were there, and puts them in their place.</summary>
    private async Task<TableChange> SettleAsync(string table, IReadOnlyList<string> partition, CancellationToken cancellationToken)
    {
        var change = await CompareAsync(table, $"(from {table} semi join {Touched(table)} using ({Columns(partition)}))", cancellationToken);
        if (change.Removed > 0)
        {
            var same = string.Join(" and ", partition.Select(column => $"{table}.{column} = touched.{column}"));
            await warehouse.ExecuteAsync(
                $"delete from {table} using {Touched(table)} as touched where {same}; insert into {table} from {Fresh(table)}", cancellationToken);
        }
        else if (change.Added > 0)
        {
            await warehouse.ExecuteAsync($"insert into {table} from {TableChange.AddedOf(table)}", cancellationToken);
        }

        return change;
    }

    private async Task<TableChange> ReplaceAsync(string table, string query, CancellationToken cancellationToken)
    {
        if (!_columns.Contains(table))
        {
            // The last run was one that made everything but what waited, and so did not have it.
            await warehouse.ExecuteAsync($"create table {table} as {query}", cancellationToken);
            return TableChange.Unknown;
        }

        // Beside the table and not among the temporary ones, so that it can take its place without being copied.
        await warehouse.ExecuteAsync($"create table {_database}.main.{Fresh(table)} as {query}", cancellationToken);
        var rows = await warehouse.ScalarAsync($"select count(*) from {Fresh(table)}", cancellationToken);
        var change = rows > MostCompared ? TableChange.Unknown : await CompareAsync(table, table, cancellationToken);
        await warehouse.ExecuteAsync(
            change.IsThere
                ? $"drop table {_database}.main.{table}; alter table {_database}.main.{Fresh(table)} rename to {table}"
                : $"drop table {_database}.main.{Fresh(table)}",
            cancellationToken);
        return change;
    }

    /// <summary>Finds the rows that one side has more often than the other, in one pass over both.</summary>
    private async Task<TableChange> CompareAsync(string table, string former, CancellationToken cancellationToken)
    {
        var difference = TableChange.DifferenceOf(table);
        await warehouse.ExecuteAsync(
            $"""
            create temp table {difference} as
            select * exclude (rows_more), sum(rows_more)::bigint as rows_more
            from (select *, -1 as rows_more from {former} union all select *, 1 from {Fresh(table)})
            group by all
            having sum(rows_more) <> 0
            """,
            cancellationToken);
        var (change, hasRepeats) = await CountAsync(difference, cancellationToken);
        if (!change.IsThere)
        {
            return change;
        }

        await warehouse.ExecuteAsync($"create temp view {TableChange.RemovedOf(table)} as {Rows("-rows_more")}; create temp view {TableChange.AddedOf(table)} as {Rows("rows_more")}", cancellationToken);
        return change;

        string Rows(string count) => hasRepeats
            ? $"select * exclude (rows_more, repetition) from {difference}, range({count}) as repetitions(repetition)"
            : $"select * exclude (rows_more) from {difference} where {count} > 0";
    }

    private async Task<(TableChange Change, bool HasRepeats)> CountAsync(string difference, CancellationToken cancellationToken)
    {
        await using var command = warehouse.Connection.CreateCommand();
        command.CommandText =
            $"select coalesce(sum(greatest(-rows_more, 0)), 0)::bigint, coalesce(sum(greatest(rows_more, 0)), 0)::bigint, coalesce(max(abs(rows_more)), 0)::bigint from {difference}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (TableChange.OfRows(reader.GetInt64(0), reader.GetInt64(1)), reader.GetInt64(2) > 1);
    }

    /// <summary>Runs the tests of what changed, as one query; those that look at rows or parts by themselves look at the changed ones.</summary>
    private async Task TestAsync(CancellationToken cancellationToken)
    {
        using var activity = TransformTelemetry.Activities.StartActivity("data tests");
        var tests = models.Tests.Where(test => !waiting.Contains(test.Stops) && test.Tested.Any(table => _changes[table].IsThere)).ToList();
        foreach (var table in tests.SelectMany(test => test.Tested).Distinct(StringComparer.Ordinal))
        {
            await ShowAsync(table, cancellationToken);
        }

        if (tests.Count == 0)
        {
            return;
        }

        await using var command = warehouse.Connection.CreateCommand();
        command.CommandText = $"select * from ({string.Join(" union all ", tests.Select(Count))}) as tests(name, offending) where offending > 0 limit 1";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
        {
            throw new RefreshFailedException(reader.GetString(0), reader.GetInt64(1));
        }

        string Count(ModelTest test) => $"select {SqlText.Literal(test.Name)}, (select count(*) from ({Query(test)}))";

        string Query(ModelTest test) => test switch
        {
            { OverRows: { } over } when _changes[test.Stops].Kind is TableChangeKind.Rows => over(TableChange.AddedOf(test.Stops)),
            { OverParts: { } over } when _inParts.Contains(test.Stops) => over(Fresh(test.Stops)),
            _ => test.Query,
        };
    }

    private async Task NoticeAsync(CancellationToken cancellationToken)
    {
        foreach (var model in models.Notices.Where(model => _changes[model.Name].IsThere))
        {
            await warehouse.ExecuteAsync(NoticeTable.Replace(model), cancellationToken);
        }

        foreach (var (index, test) in models.DataTests.Index().Where(indexed => !waiting.Contains(indexed.Item.Name) && (indexed.Item.ComparesVersions || indexed.Item.Inputs.Any(input => _changes[input].IsThere))))
        {
            foreach (var input in test.Inputs)
            {
                await ShowAsync(input, cancellationToken);
            }

            await warehouse.ExecuteAsync(NoticeTable.Replace(index, test), cancellationToken);
        }
    }

    /// <summary>Makes the views of a data set: of its rows, unless they are stored, and of those of all loads.</summary>
    private async Task ShowAsync(string dataset, CancellationToken cancellationToken)
    {
        if (LakeTables.Find(dataset) is { } table && _shown.Add(dataset))
        {
            await warehouse.ExecuteAsync(DatasetViews.Create(table, inputs, layout, models.Stored.Contains(dataset)), cancellationToken);
        }
    }

    private static string Columns(IEnumerable<string> columns) => string.Join(", ", columns);

    private static string Touched(string table) => $"touched_{table}";

    private static string Fresh(string table) => $"fresh_{table}";
}

/// <summary>A test found wrong rows in a refreshed table. Whether the refreshing or the model is at fault shows when everything is made anew.</summary>
internal sealed class RefreshFailedException(string test, long offending) : Exception($"The test {test} found {offending} rows that should not be.");
