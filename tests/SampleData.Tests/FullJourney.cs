using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Tests;

/// <summary>A panel of full size, without the promotions, which are by far the largest file; made once.</summary>
public sealed class FullJourney : IAsyncLifetime
{
    internal JourneyOnDisk Real { get; private set; } = null!; // Set before any test runs.

    public async ValueTask InitializeAsync() => Real = await JourneyOnDisk.MakeAsync(new JourneyOptions(), [.. DatasetNames.All.Where(dataset => dataset is not DatasetNames.Causal)]);

    public ValueTask DisposeAsync()
    {
        Real.Dispose();
        return ValueTask.CompletedTask;
    }
}
