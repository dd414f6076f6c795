using Dunnhumby.SampleData.Planning;

[assembly: AssemblyFixture(typeof(Dunnhumby.SampleData.Tests.SmallJourney))]

namespace Dunnhumby.SampleData.Tests;

/// <summary>A small panel with effects and its twin without, made once for all tests that only read them.</summary>
public sealed class SmallJourney : IAsyncLifetime
{
    private const double Scale = 0.1;

    internal GeneratedJourney Real { get; private set; } = null!; // Set before any test runs.

    internal GeneratedJourney Twin { get; private set; } = null!; // Set before any test runs.

    internal List<Purchase> Purchases { get; private set; } = [];

    internal List<Purchase> TwinPurchases { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Real = await GeneratedJourney.Make(new JourneyOptions { Scale = Scale });
        Twin = await GeneratedJourney.Make(new JourneyOptions { Scale = Scale, Effects = false });
        Purchases = Real.Purchases();
        TwinPurchases = Twin.Purchases();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
