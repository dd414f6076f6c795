using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Tests;

/// <summary>A panel of 50 households, made once for the tests that compare others with it.</summary>
public sealed class TinyJourney : IAsyncLifetime
{
    internal static JourneyOptions Options { get; } = new() { Scale = 0.02 };

    internal GeneratedJourney Journey { get; private set; } = null!; // Set before any test runs.

    public async ValueTask InitializeAsync() => Journey = await GeneratedJourney.Make(Options);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
