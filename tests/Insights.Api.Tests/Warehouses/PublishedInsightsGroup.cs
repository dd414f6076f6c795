namespace Dunnhumby.Insights.Api.Tests.Warehouses;

/// <summary>The test classes that share <see cref="PublishedInsights"/>.</summary>
[CollectionDefinition(nameof(PublishedInsightsGroup))]
public sealed class PublishedInsightsGroup : ICollectionFixture<PublishedInsights>;
