using System.Diagnostics;
using Dunnhumby.Benchmarks.Journeys;
using Dunnhumby.Benchmarks.Stack;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.Benchmarks.DailyLoads;

/// <summary>The transactions of one day, uploaded.</summary>
internal static class DayUpload
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <returns>The load, and the seconds from the first byte sent until the API served a version with it.</returns>
    internal static async Task<(Load Load, double Seconds)> UntilVisibleAsync(FullStack stack, JourneyCache journeys, double scale, int day, CancellationToken cancellationToken)
    {
        var file = await journeys.FileAsync(DatasetNames.Transactions, scale, new DayRange(day, day), cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var (loaded, _) = await stack.Client.UploadAsync(DatasetNames.Transactions, file, cancellationToken);
        await stack.Client.WaitUntilVisibleAsync(loaded.Id, Limit, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await Console.Out.WriteAsync('.');
        return (loaded, seconds);
    }
}
