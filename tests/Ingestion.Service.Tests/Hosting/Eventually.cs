using System.Diagnostics;

namespace Dunnhumby.Ingestion.Service.Tests.Hosting;

/// <summary>Looks again and again until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal static Task TrueAsync(Func<Task<bool>> look, TimeSpan? limit = null) => GetAsync(look, holds => holds, limit);

    internal static async Task<T> GetAsync<T>(Func<Task<T>> look, Func<T, bool> holds, TimeSpan? limit = null)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            if (started.Elapsed > (limit ?? Limit))
            {
                throw new TimeoutException($"It did not come to pass. Last seen: {seen}");
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
