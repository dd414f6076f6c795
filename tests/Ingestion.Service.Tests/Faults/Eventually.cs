namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>Waits for a state, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    internal static Task TrueAsync(Func<bool> condition, Func<string>? otherwise = null) => TrueAsync(() => Task.FromResult(condition()), otherwise);

    internal static async Task TrueAsync(Func<Task<bool>> condition, Func<string>? otherwise = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Deadline, otherwise?.Invoke());
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
