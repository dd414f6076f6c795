using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Dunnhumby.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Transform.Worker.Tests.OpenLineage;

/// <summary>Takes events as Marquez does, and checks each against what the published schemas require: https://openlineage.io/spec/2-0-2/OpenLineage.json.</summary>
internal sealed class LineageReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;

    private LineageReceiver(WebApplication server) => _server = server;

    internal ConcurrentQueue<JsonNode> Events { get; } = [];

    internal ConcurrentQueue<string?> Authorizations { get; } = [];

    /// <summary>What it answers.</summary>
    internal HttpStatusCode Status { get; set; } = HttpStatusCode.Created;

    /// <summary>While this is set, it does not answer.</summary>
    internal TaskCompletionSource? Gate { get; set; }

    internal string Address => $"{_server.Urls.Single()}/api/v1/lineage";

    internal static async Task<LineageReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new LineageReceiver(builder.Build());
        receiver._server.MapPost("/api/v1/lineage", async (HttpRequest request) =>
        {
            var body = (await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted)).ShouldNotBeNull();
            receiver.Authorizations.Enqueue(request.Headers.Authorization);
            receiver.Events.Enqueue(body);
            await (receiver.Gate?.Task ?? Task.CompletedTask).WaitAsync(request.HttpContext.RequestAborted);
            return Results.StatusCode((int)receiver.Status);
        });
        await receiver._server.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The events of a job once there are that many, each with what its schema requires.</summary>
    internal async Task<IReadOnlyList<JsonNode>> OfAsync(string job, int count)
    {
        await Eventually.TrueAsync(() => Of(job).Count >= count, what: $"{count} events of {job} arrive");
        var events = Of(job);
        foreach (var lineage in events)
        {
            RequireEvent(lineage);
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        Gate?.TrySetResult();
        await _server.DisposeAsync();
    }

    private List<JsonNode> Of(string job) => [.. Events.Where(lineage => string.Equals((string?)lineage["job"]?["name"], job, StringComparison.Ordinal))];

    private static void RequireEvent(JsonNode lineage)
    {
        Text(lineage, "eventType").ShouldBeOneOf("START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER");
        DateTimeOffset.TryParse(Text(lineage, "eventTime"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _).ShouldBeTrue();
        RequireUri(lineage, "producer");
        Text(lineage, "schemaURL").ShouldBe("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
        Guid.TryParse(Text(lineage["run"].ShouldNotBeNull(), "runId"), out _).ShouldBeTrue();
        RequireFacets(lineage["run"]!["facets"], new Dictionary<string, Action<JsonNode>>(StringComparer.Ordinal)
        {
            ["parent"] = RequireParent,
            ["errorMessage"] = facet => RequireTexts(facet, "message", "programmingLanguage"),
        });
        RequireTexts(lineage["job"].ShouldNotBeNull(), "namespace", "name");
        RequireFacets(lineage["job"]!["facets"], new Dictionary<string, Action<JsonNode>>(StringComparer.Ordinal)
        {
            ["jobType"] = facet => RequireTexts(facet, "processingType", "integration"),
            ["sql"] = facet => RequireTexts(facet, "query"),
            ["documentation"] = facet => RequireTexts(facet, "description"),
            ["ownership"] = facet => Each(facet["owners"], owner => RequireTexts(owner, "name")),
        });
        Each(lineage["inputs"], RequireDataset);
        Each(lineage["outputs"], RequireDataset);
    }

    private static void RequireDataset(JsonNode dataset)
    {
        RequireTexts(dataset, "namespace", "name");
        RequireFacets(dataset["facets"], new Dictionary<string, Action<JsonNode>>(StringComparer.Ordinal)
        {
            ["schema"] = facet => Each(facet["fields"], field => RequireTexts(field, "name", "type")),
            ["columnLineage"] = RequireColumnLineage,
        });
        if (dataset["inputFacets"] is { } inputs)
        {
            RequireFacets(inputs, new Dictionary<string, Action<JsonNode>>(StringComparer.Ordinal)
            {
                ["dataQualityAssertions"] = facet => Each(facet["assertions"], assertion =>
                {
                    RequireTexts(assertion, "assertion");
                    assertion["success"].ShouldNotBeNull().GetValueKind().ShouldBeOneOf(System.Text.Json.JsonValueKind.True, System.Text.Json.JsonValueKind.False);
                }),
            });
        }
    }

    private static void RequireColumnLineage(JsonNode facet)
    {
        foreach (var (_, column) in facet["fields"].ShouldNotBeNull().AsObject())
        {
            Each(column.ShouldNotBeNull()["inputFields"], RequireField);
        }

        Each(facet["dataset"], RequireField);
    }

    private static void RequireField(JsonNode field)
    {
        RequireTexts(field, "namespace", "name", "field");
        Each(field["transformations"], transformation => Text(transformation, "type").ShouldBeOneOf("DIRECT", "INDIRECT"));
    }

    private static void RequireParent(JsonNode facet)
    {
        Guid.TryParse(Text(facet["run"].ShouldNotBeNull(), "runId"), out _).ShouldBeTrue();
        RequireTexts(facet["job"].ShouldNotBeNull(), "namespace", "name");
    }

    /// <summary>Every facet says who made it and by which schema, and has what that requires.</summary>
    private static void RequireFacets(JsonNode? facets, Dictionary<string, Action<JsonNode>> required)
    {
        foreach (var (name, facet) in facets.ShouldNotBeNull().AsObject())
        {
            RequireUri(facet.ShouldNotBeNull(), "_producer");
            RequireUri(facet, "_schemaURL");
            required.ContainsKey(name).ShouldBeTrue(name);
            required[name](facet);
        }
    }

    private static void RequireUri(JsonNode node, string member) => Uri.TryCreate(Text(node, member), UriKind.Absolute, out _).ShouldBeTrue(member);

    private static void RequireTexts(JsonNode node, params string[] members)
    {
        foreach (var member in members)
        {
            Text(node, member).ShouldNotBeNullOrEmpty(member);
        }
    }

    private static void Each(JsonNode? list, Action<JsonNode> required)
    {
        foreach (var item in list.ShouldNotBeNull().AsArray())
        {
            required(item.ShouldNotBeNull());
        }
    }

    private static string? Text(JsonNode node, string member) => (string?)node[member];
}
