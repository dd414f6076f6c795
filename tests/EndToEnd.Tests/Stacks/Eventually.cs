using System.Diagnostics;

namespace Dunnhumby.EndToEnd.Tests.Stacks;

/// <summary>Waiting for something that must become true, by looking again and again until a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="describe">What to say of what was seen last.</param>
    internal static async Task<T> GetAsync<T>(Func<Task<T>> look, Func<T, bool> holds, TimeSpan limit, string what, Func<T, string?>? describe = null)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            if (started.Elapsed > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds:F0} s: {what}. Last seen: {describe?.Invoke(seen) ?? seen?.ToString()}");
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
