using System.Globalization;
using System.Text.Json.Nodes;

namespace Dunnhumby.Transform.Worker.OpenLineage;

/// <summary>The JSON of OpenLineage 2-0-2, as far as this worker speaks it: https://openlineage.io/spec/2-0-2/OpenLineage.json.</summary>
internal static class OpenLineageEvent
{
    private const string Schema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

    /// <summary>Who says it: it names the program, and is no address to ask.</summary>
    private const string Producer = "https://dunnhumby.invalid/transform-worker";

    /// <summary>One step of a run.</summary>
    /// <param name="type">START, COMPLETE, FAIL or ABORT.</param>
    internal static JsonObject Run(string type, DateTimeOffset at, Guid run, JsonObject runFacets, JsonObject job, JsonArray inputs, JsonArray outputs) => new()
    {
        ["eventType"] = type,
        ["eventTime"] = at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["producer"] = Producer,
        ["schemaURL"] = Schema,
        ["run"] = new JsonObject { ["runId"] = run.ToString(), ["facets"] = runFacets },
        ["job"] = job,
        ["inputs"] = inputs,
        ["outputs"] = outputs,
    };

    internal static JsonObject Job(string name, string space, JsonObject facets) => new() { ["namespace"] = space, ["name"] = name, ["facets"] = facets };

    internal static JsonObject JobType(string type) =>
        Facet("2-0-3", "JobTypeJobFacet", ("processingType", "BATCH"), ("integration", "DUNNHUMBY"), ("jobType", type));

    internal static JsonObject Sql(string query) => Facet("1-0-1", "SQLJobFacet", ("query", query));

    internal static JsonObject Documentation(string description) => Facet("1-0-1", "DocumentationJobFacet", ("description", description));

    internal static JsonObject Ownership(string owner) => Facet("1-0-1", "OwnershipJobFacet", ("owners", new JsonArray(new JsonObject { ["name"] = owner, ["type"] = "MAINTAINER" })));

    internal static JsonObject Parent(Guid run, string space, string name) => Facet(
        "1-0-1", "ParentRunFacet", ("run", new JsonObject { ["runId"] = run.ToString() }), ("job", new JsonObject { ["namespace"] = space, ["name"] = name }));

    internal static JsonObject Error(string message) => Facet("1-0-1", "ErrorMessageRunFacet", ("message", message), ("programmingLanguage", "SQL"));

    internal static JsonObject TableSchema(IEnumerable<(string Name, string Type, string Description)> columns) => Facet(
        "1-1-1",
        "SchemaDatasetFacet",
        ("fields", new JsonArray([.. columns.Select(column => new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["description"] = column.Description })])));

    /// <param name="fields">Of each column its origins.</param>
    /// <param name="dataset">The origins that decide which rows there are.</param>
    internal static JsonObject ColumnLineage(JsonObject fields, JsonArray dataset) => Facet("1-2-0", "ColumnLineageDatasetFacet", ("fields", fields), ("dataset", dataset));

    /// <param name="how">As <see cref="Contracts.Lineage.LineageSource"/> says it.</param>
    internal static JsonObject InputField((string Namespace, string Name) dataset, string field, string how)
    {
        var (type, subtype) = how switch
        {
            "copied" => ("DIRECT", "IDENTITY"),
            "computed" => ("DIRECT", "TRANSFORMATION"),
            "aggregated" => ("DIRECT", "AGGREGATION"),
            "join" => ("INDIRECT", "JOIN"),
            "group" => ("INDIRECT", "GROUP_BY"),
            "order" => ("INDIRECT", "SORT"),
            _ => ("INDIRECT", "FILTER"),
        };
        return new JsonObject
        {
            ["namespace"] = dataset.Namespace,
            ["name"] = dataset.Name,
            ["field"] = field,
            ["transformations"] = new JsonArray(new JsonObject { ["type"] = type, ["subtype"] = subtype, ["description"] = "", ["masking"] = false }),
        };
    }

    internal static JsonObject Assertions(IEnumerable<(string Test, bool Passed)> tests) => Facet(
        "1-0-1",
        "DataQualityAssertionsDatasetFacet",
        ("assertions", new JsonArray([.. tests.Select(test => new JsonObject { ["assertion"] = test.Test, ["success"] = test.Passed })])));

    private static JsonObject Facet(string version, string name, params (string Name, JsonNode Value)[] members)
    {
        JsonObject facet = new() { ["_producer"] = Producer, ["_schemaURL"] = $"https://openlineage.io/spec/facets/{version}/{name}.json#/$defs/{name}" };
        foreach (var (member, value) in members)
        {
            facet[member] = value;
        }

        return facet;
    }
}
