using System.Runtime.CompilerServices;
using Xunit;

namespace Dunnhumby.TestSupport;

/// <summary>Looks again and again until something holds. At the deadline it fails, and says what it waited for and what it saw last.</summary>
public static class Eventually
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <param name="limit">A minute if it is not given.</param>
    /// <param name="otherwise">Adds to the message of failure: the output of a process, for example.</param>
    /// <param name="what">What is waited for; the compiler gives the text of <paramref name="holds"/>.</param>
    public static Task TrueAsync(Func<bool> holds, TimeSpan? limit = null, Func<string>? otherwise = null, [CallerArgumentExpression(nameof(holds))] string what = "") =>
        TrueAsync(() => Task.FromResult(holds()), limit, otherwise, what);

    /// <inheritdoc cref="TrueAsync(Func{bool}, TimeSpan?, Func{string}?, string)"/>
    public static Task TrueAsync(Func<Task<bool>> holds, TimeSpan? limit = null, Func<string>? otherwise = null, [CallerArgumentExpression(nameof(holds))] string what = "") =>
        GetAsync(holds, isSo => isSo, limit, _ => otherwise?.Invoke(), what);

    /// <summary>What was seen when it held.</summary>
    /// <param name="limit">A minute if it is not given.</param>
    /// <param name="describe">Says what was seen last; its text if it is not given.</param>
    /// <param name="what">What is waited for; the compiler gives the text of <paramref name="holds"/>.</param>
    /// <exception cref="TimeoutException">The deadline has passed.</exception>
    public static async Task<T> GetAsync<T>(
        Func<Task<T>> look, Func<T, bool> holds, TimeSpan? limit = null, Func<T, string?>? describe = null, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            var seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            if (TimeProvider.System.GetElapsedTime(started) > (limit ?? Minute))
            {
                throw new TimeoutException($"Not within {(limit ?? Minute).TotalSeconds:0} s: {what}. Last seen: {describe?.Invoke(seen) ?? seen?.ToString() ?? "nothing"}");
            }

            await Task.Delay(pause, TestContext.Current.CancellationToken);
        }
    }
}
