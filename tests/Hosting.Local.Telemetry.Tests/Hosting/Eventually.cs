namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;

internal static class Eventually
{
    /// <summary>Asks until there is an answer, for at most a minute.</summary>
    public static async Task<T> GetAsync<T>(Func<T?> ask)
        where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (ask() is { } answer)
            {
                return answer;
            }

            await Task.Delay(20, deadline.Token);
        }
    }
}
