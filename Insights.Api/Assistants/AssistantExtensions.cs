using Dunnhumby.Contracts.Security;
using Dunnhumby.Insights.Api.Limits;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Requests;
using ModelContextProtocol.AspNetCore;

namespace Dunnhumby.Insights.Api.Assistants;

internal static class AssistantExtensions
{
    private const string Instructions =
        """
        Figures of a retail panel: sales, products, households, baskets and campaigns, as tables that are computed from eight files. Begin with list_tables, then
        describe_table for what the columns hold and how they are measured, then query_table. search finds the products, commodities,
        departments, households and campaigns that a word means. Days are counted: get_version says which date DAY 1 is. Money is in dollars and exact.
        Totals of query_table are of all rows that the filters leave, not of the page: ask for them instead of adding rows up. Counts of baskets and households do not add up over rows.
        """;

    /// <summary>Registers the tools that assistants call by the Model Context Protocol.</summary>
    internal static void AddAssistants(this IServiceCollection services) => services
        .AddMcpServer(server =>
        {
            server.ServerInfo = new() { Name = "dunnhumby-insights", Title = "Dunnhumby insights", Version = "1" };
            server.ServerInstructions = Instructions;
        })
        // Each request stands alone, so that any instance may answer it.
        .WithHttpTransport(transport => transport.SessionMode = HttpServerSessionMode.Stateless)
        .WithRequestFilters(filters => filters.AddCallToolFilter(next => async (call, cancellationToken) => ToolArguments.Refusal(call) ?? await next(call, cancellationToken)))
        .WithTools<AssistantTools>();

    /// <summary>Maps <c>POST /mcp</c>, with the key, scope and limits of the other reads.</summary>
    internal static void MapAssistants(this IEndpointRouteBuilder routes) =>
        routes.MapMcp("/mcp").RequireScope(Scopes.Read).RequireRateLimiting(LimitExtensions.PerKey)
            .WithMetadata(new ReadsAnyTable(), new AnswersInEither("application/json", "text/event-stream")).ExcludeFromDescription();
}
