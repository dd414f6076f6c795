using System.Text.Json.Nodes;
using Dunnhumby.Catalog.Runs;
using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Lake.Files;
using Dunnhumby.Transform.Worker.Cache;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Lineage;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Runs;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Transform.Worker.OpenLineage;

/// <summary>Tells of runs, and of the models that they compute, as OpenLineage events. A worker has one run at a time.</summary>
internal sealed class RunEvents(
    OpenLineageSender sender, VersionLineage lineage, ModelCatalog models, LakeLayout lake, NpgsqlDataSource warehouse, IOptions<OpenLineageOptions> options, TimeProvider time)
{
    /// <summary>The job of a run as a whole; a model's is named after it.</summary>
    private const string RunJob = "transform";

    private readonly Dictionary<string, LineageTable> _tables = lineage.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
    private readonly (string Namespace, string Prefix) _published = Published(warehouse.ConnectionString);

    private Guid _run;
    private DateTimeOffset _started;

    private string Namespace => options.Value.OpenLineageNamespace;

    /// <summary>A run begins.</summary>
    internal void Started()
    {
        if (!sender.IsOn)
        {
            return;
        }

        _started = time.GetUtcNow();
        _run = Guid.CreateVersion7(_started);
        Add("START", _started, _run, []);
    }

    /// <summary>A run has made its tables: all of them, or those that changed.</summary>
    internal void Computed(MadeTables made)
    {
        if (!sender.IsOn)
        {
            return;
        }

        var (run, started, ended) = (_run, _started, time.GetUtcNow());
        foreach (var model in models.Models.Where(model => made.Refreshed is not { } refreshed || refreshed.Changes[model.Name].IsThere))
        {
            var failure = made.Computing.Failures.GetValueOrDefault(model.Name);
            var id = Guid.CreateVersion7(started);
            sender.Add(() => OfModel("START", started, id, run, _tables[model.Name], error: null));
            sender.Add(() => OfModel(failure is null ? "COMPLETE" : "FAIL", ended, id, run, _tables[model.Name], failure?.EngineText));
            if (Results(model, failure) is { Count: > 0 } results)
            {
                var tests = Guid.CreateVersion7(started);
                sender.Add(() => OfTests("START", started, tests, run, _tables[model.Name], results));
                sender.Add(() => OfTests("COMPLETE", ended, tests, run, _tables[model.Name], results));
            }
        }
    }

    /// <summary>A run has ended.</summary>
    /// <param name="lease">Its lease.</param>
    /// <param name="outcome">One of <see cref="RunStates"/>, or <c>fenced</c> when another worker has taken it over. Such a run, and one that was cancelled, is aborted.</param>
    internal void Ended(RunLease lease, string outcome)
    {
        if (!sender.IsOn)
        {
            return;
        }

        var (type, facets) = outcome switch
        {
            RunStates.Published or RunStates.Partial or RunStates.Unchanged => ("COMPLETE", new JsonObject()),
            RunStates.Failed => ("FAIL", new JsonObject { ["errorMessage"] = OpenLineageEvent.Error($"Run {lease.RunId} failed: GET /runs/{lease.RunId} of the transform service says why.") }),
            _ => ("ABORT", []),
        };
        Add(type, time.GetUtcNow(), _run, facets);
    }

    private void Add(string type, DateTimeOffset at, Guid run, JsonObject facets) =>
        sender.Add(() => OpenLineageEvent.Run(type, at, run, facets, OpenLineageEvent.Job(RunJob, Namespace, new JsonObject { ["jobType"] = OpenLineageEvent.JobType("DAG") }), [], []));

    private JsonObject OfModel(string type, DateTimeOffset at, Guid id, Guid run, LineageTable table, string? error)
    {
        JsonObject runFacets = new() { ["parent"] = OpenLineageEvent.Parent(run, Namespace, RunJob) };
        if (error is not null)
        {
            runFacets["errorMessage"] = OpenLineageEvent.Error(error);
        }

        JsonObject jobFacets = new()
        {
            ["jobType"] = OpenLineageEvent.JobType("MODEL"),
            ["sql"] = OpenLineageEvent.Sql(table.Query),
            ["documentation"] = OpenLineageEvent.Documentation(table.Description),
            ["ownership"] = OpenLineageEvent.Ownership(table.Owner),
        };
        return OpenLineageEvent.Run(
            type,
            at,
            id,
            runFacets,
            OpenLineageEvent.Job($"{RunJob}.{table.Name}", Namespace, jobFacets),
            [.. table.Inputs.Select(input => Dataset(_tables[input], withLineage: false))],
            [Dataset(table, withLineage: true)]);
    }

    /// <summary>The tests are a job of their own, which reads the table: results belong to what a job reads.</summary>
    private JsonObject OfTests(string type, DateTimeOffset at, Guid id, Guid run, LineageTable table, IReadOnlyList<(string Test, bool Passed)> results)
    {
        var tested = Dataset(table, withLineage: false);
        tested["inputFacets"] = new JsonObject { ["dataQualityAssertions"] = OpenLineageEvent.Assertions(results) };
        return OpenLineageEvent.Run(
            type,
            at,
            id,
            new JsonObject { ["parent"] = OpenLineageEvent.Parent(run, Namespace, RunJob) },
            OpenLineageEvent.Job($"{RunJob}.{table.Name}.tests", Namespace, new JsonObject { ["jobType"] = OpenLineageEvent.JobType("TEST") }),
            [tested],
            []);
    }

    /// <summary>
    /// What became of a model's tests. They run in the order of the file and end with the first that fails; of a table that could not be computed nothing was
    /// tested. What only warns is counted in the version's notices.
    /// </summary>
    private static List<(string Test, bool Passed)> Results(Model model, ModelFailure? failure)
    {
        string[] tests = [.. model.DeclaredTests.Where(test => test.Severity is DeclaredTest.Error).Select(test => test.Name)];
        if (failure is null)
        {
            return [.. tests.Select(test => (test, true))];
        }

        var failed = Array.FindIndex(tests, test => failure.EngineText.Contains($" {test} ", StringComparison.Ordinal));
        return failed < 0 ? [] : [.. tests.Take(failed).Select(test => (test, true)), (tests[failed], false)];
    }

    private JsonObject Dataset(LineageTable table, bool withLineage)
    {
        JsonObject facets = new() { ["schema"] = OpenLineageEvent.TableSchema(table.Columns.Select(column => (column.Name, column.Type, column.Description))) };
        if (withLineage)
        {
            JsonObject fields = [];
            foreach (var column in table.Columns)
            {
                fields[column.Name] = new JsonObject { ["inputFields"] = Fields(column.From) };
            }

            facets["columnLineage"] = OpenLineageEvent.ColumnLineage(fields, Fields(table.Deciders));
        }

        var (space, name) = Name(table);
        return new JsonObject { ["namespace"] = space, ["name"] = name, ["facets"] = facets };
    }

    /// <summary>The origins that are columns: that a count depends on rows is in no field.</summary>
    private JsonArray Fields(IEnumerable<LineageSource> sources) => [.. sources
        .Where(source => source.Column is not null)
        .Select(source => OpenLineageEvent.InputField(Name(_tables[source.Table]), source.Column!, source.How))]; // Not null: see the condition.

    /// <summary>Files and published tables have the names that other programs know them by.</summary>
    private (string Namespace, string Name) Name(LineageTable table) => table.Kind switch
    {
        LineageKinds.Dataset => ("file", Path.Combine(lake.Root, table.Name)),
        LineageKinds.Table => (_published.Namespace, $"{_published.Prefix}.{table.Name}"),
        _ => (Namespace, table.Name),
    };

    private static (string Namespace, string Prefix) Published(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var host = connection.Host?.Split(',')[0] ?? "localhost";
        return ($"postgres://{(host.Contains(':', StringComparison.Ordinal) ? host : $"{host}:{connection.Port}")}", $"{connection.Database}.{Catalog.LakeCatalog.InsightsSchema}");
    }
}
