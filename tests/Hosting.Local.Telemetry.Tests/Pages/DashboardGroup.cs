namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Pages;

/// <summary>One dashboard and one browser for all tests of pages, one after the other.</summary>
[CollectionDefinition]
public sealed class DashboardGroup : ICollectionFixture<DashboardHost>;
