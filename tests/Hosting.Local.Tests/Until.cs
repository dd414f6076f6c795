namespace Dunnhumby.Hosting.Local.Tests;

/// <summary>Polls with a deadline.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition, TimeSpan limit)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(limit);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }
    }
}
