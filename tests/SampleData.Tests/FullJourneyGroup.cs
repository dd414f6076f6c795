namespace Dunnhumby.SampleData.Tests;

/// <summary>The tests that read the one panel of full size.</summary>
[CollectionDefinition]
public sealed class FullJourneyGroup : ICollectionFixture<FullJourney>;
