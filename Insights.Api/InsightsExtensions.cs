using System.Text.Json.Serialization;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Insights.Api.Assistants;
using Dunnhumby.Insights.Api.Baskets;
using Dunnhumby.Insights.Api.Campaigns;
using Dunnhumby.Insights.Api.Differences;
using Dunnhumby.Insights.Api.Households;
using Dunnhumby.Insights.Api.Limits;
using Dunnhumby.Insights.Api.Lineage;
using Dunnhumby.Insights.Api.Lines;
using Dunnhumby.Insights.Api.Orphans;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Products;
using Dunnhumby.Insights.Api.Reference;
using Dunnhumby.Insights.Api.Rows;
using Dunnhumby.Insights.Api.Sales;
using Dunnhumby.Insights.Api.Search;
using Dunnhumby.Insights.Api.Segments;
using Dunnhumby.Insights.Api.Stores;
using Dunnhumby.Insights.Api.Tables;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Reference;
using Dunnhumby.ServiceDefaults.Warehouse;

namespace Dunnhumby.Insights.Api;

internal static class InsightsExtensions
{
    private const int MaxConnections = 24;

    /// <summary>Registers the API. Reads <c>ConnectionStrings:warehouse</c>, <c>ConnectionStrings:messaging</c> and the section <c>Insights</c>.</summary>
    /// <exception cref="InvalidOperationException">A connection string is missing.</exception>
    internal static void AddInsights(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<InsightsOptions>().BindConfiguration(InsightsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.AddWarehouse(connection =>
        {
            connection.ApplicationName = "insights";
            // The statements are few and come often: prepared once per connection, they skip parsing and planning.
            connection.MaxAutoPrepare = 64;
            connection.AutoPrepareMinUsages = 2;
            // Reads are short: a few connections keep the server busy, and replicas share its 100 with the other services.
            connection.MaxPoolSize = Math.Min(connection.MaxPoolSize, MaxConnections);
        });
        builder.AddVersions();
        builder.AddLimits();
        builder.Services.AddOpenApi(options => options.AddSchemaTransformer<TableRowSchema>());
        builder.Services.AddReference(InsightsReference.Reference);
        builder.Services.AddReadProblems();
        builder.Services.AddValidation();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, InsightsJson.Default);
            // Nothing is read from JSON here; without this the OpenAPI document would call every number "integer or string".
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        builder.Services.AddSingleton<HouseholdQueries>();
        builder.Services.AddSingleton<DailySpendQueries>();
        builder.Services.AddSingleton<CampaignQueries>();
        builder.Services.AddSingleton<SalesQueries>();
        builder.Services.AddSingleton<TableShapes>();
        builder.Services.AddSingleton<TypedRowQueries>();
        builder.Services.AddSingleton<SearchQueries>();
        builder.Services.AddSingleton<TableQueries>();
        builder.Services.AddSingleton<RowQueries>();
        builder.Services.AddSingleton<OrphanQueries>();
        builder.Services.AddSingleton<DifferenceQueries>();
        builder.Services.AddSingleton<LineageQueries>();
        builder.Services.AddLines();
        builder.Services.AddSingleton<AssistantAnswers>();
        builder.Services.AddAssistants();
    }

    internal static void MapInsights(this WebApplication app)
    {
        app.UseRateLimiter();
        app.MapReference();

        var reads = app.MapGroup("")
            .RequireScope(Scopes.Read)
            .RequireRateLimiting(LimitExtensions.PerKey)
            .WithMetadata(FormerVersions.Parameter)
            .AddEndpointFilter<VersionedFilter>();
        reads.MapVersions();
        reads.MapHouseholds();
        reads.MapCampaigns();
        reads.MapSales();
        reads.MapDepartmentSales();
        reads.MapStores();
        reads.MapProducts();
        reads.MapDepartments();
        reads.MapBaskets();
        reads.MapSegments();
        reads.MapPerformance();
        reads.MapSearch();
        reads.MapTables();
        reads.MapOrphans();
        reads.MapLineage();
        reads.MapLines();
        reads.MapLineBaskets();

        // Assistants name the version in a call, not in the address.
        app.MapAssistants();

        // These are about several versions.
        var register = app.MapGroup("/versions").WithTags("Versions").RequireScope(Scopes.Read).RequireRateLimiting(LimitExtensions.PerKey);
        register.MapVersionList();
        register.MapDifferences();
    }
}
