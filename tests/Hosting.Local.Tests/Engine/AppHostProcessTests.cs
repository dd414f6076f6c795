using System.Text.Json;

namespace Dunnhumby.Hosting.Local.Tests.Engine;

/// <summary>A whole AppHost in a process of its own, with real servers.</summary>
public sealed class AppHostProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_KilledThenStartedAgainThenInterrupted_LeavesNothingAndKeepsItsData()
    {
        await using var first = AppHostProcess.Start(_directory.Path);
        await first.WaitForLineAsync("All resources are healthy.");
        var marker = first.Marker();
        AppHostProcess.Marked(marker).Length.ShouldBeGreaterThanOrEqualTo(6, "a broker, a port mapper, a service, a shell, its daemon and the guardian are marked as this run's");

        first.Kill();

        // The bar: nothing left within 10 s of a SIGKILL. Postgres hides its environment, so it is looked for by its directory.
        await Until.TrueAsync(() => AppHostProcess.Marked(marker).Length == 0 && AppHostProcess.WorkingIn(_directory.Path).Length == 0, TimeSpan.FromSeconds(10));

        await using var second = AppHostProcess.Start(_directory.Path);
        await second.WaitForLineAsync("All resources are healthy.");
        second.Output.ShouldNotContain("Success. You can now start the database server");
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(_directory.Path, "parameters.json"), TestContext.Current.CancellationToken)).ShouldNotBeNull();
        secrets.Keys.ShouldBe(["broker-password", "postgres-password"], ignoreOrder: true);
        foreach (var secret in secrets.Values)
        {
            (first.Output + second.Output).ShouldNotContain(secret);
        }

        (await second.InterruptAsync()).ShouldBe(0);
        AppHostProcess.WorkingIn(_directory.Path).ShouldBeEmpty();
        AppHostProcess.Marked(second.LastMarker).ShouldBeEmpty();
        second.Output.Split('\n').Count(line => string.Equals(line, "All resources are healthy.", StringComparison.Ordinal)).ShouldBe(1);
    }
}
