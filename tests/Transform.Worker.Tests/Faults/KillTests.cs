using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Faults;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Transform.Worker.Tests.Faults;

/// <summary>
/// The worker's process is killed at named points and at random moments (<c>FAULT_ROUNDS</c>, 4 when it is not set, from <c>FAULT_SEED</c>), with a broker that
/// is away all the time. A worker that is started later does what was left.
/// </summary>
public sealed class KillTests(PostgresFixture postgres)
{
    private const int Killed = 137;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("FAULT_ROUNDS"), out var rounds) ? rounds : 4;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("FAULT_SEED"), out var seed) ? seed : 2511;

    [Theory]
    [InlineData(FaultPoint.After + "model screened_lines")]
    [InlineData(FaultPoint.After + "copy daily_sales")]
    [InlineData(FaultPoint.After + "data tests")]
    [InlineData(FaultPoint.Committing + "publish")]
    [InlineData(FaultPoint.Committed + "publish")]
    [InlineData(FaultPoint.After + "keep tables")]
    public async Task Worker_KilledWhileItMakesEverything_IsFollowedByOneThatPublishes(string point)
    {
        await using var rig = await WorkerRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        var worker = await rig.StartAsync(point);
        await rig.RequestAsync();
        (await worker.ExitAsync()).ShouldBe(Killed, worker.Output);

        await rig.StartAsync();

        await rig.ShouldSettleAsync();
        await rig.LoadAsync();
        await rig.ShouldSettleAsync();
        await rig.ShouldBeRightAsync();
    }

    [Theory]
    [InlineData(FaultPoint.After + "model daily_sales")]
    [InlineData(FaultPoint.After + "refresh")]
    [InlineData(FaultPoint.After + "change daily_sales")]
    [InlineData(FaultPoint.Committing + "publish")]
    [InlineData(FaultPoint.Committed + "publish")]
    [InlineData(FaultPoint.After + "keep tables")]
    public async Task Worker_KilledWhileItRefreshes_IsFollowedByOneThatPublishes(string point)
    {
        await using var rig = await WorkerRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await rig.StartAsync();
        await rig.ShouldKeepAsync();
        await rig.StopAsync();
        var worker = await rig.StartAsync(point);
        await rig.LoadAsync();
        (await worker.ExitAsync()).ShouldBe(Killed, worker.Output);

        await rig.StartAsync();

        await rig.ShouldSettleAsync();
        await rig.LoadAsync();
        await rig.ShouldSettleAsync();
        await rig.ShouldBeRightAsync();
    }

    [Fact]
    public async Task Worker_KilledAtRandomMoments_LosesNoLoad()
    {
        await using var rig = await WorkerRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var worker = await rig.StartAsync();
            await rig.LoadAsync();
            await Task.Delay(random.Next(0, 1_500), TestContext.Current.CancellationToken);
            await worker.KillAsync();
        }

        await rig.StartAsync();

        await rig.ShouldSettleAsync();
        await rig.ShouldBeRightAsync();
    }

    [Fact]
    public async Task Worker_StoppedPastItsLease_PublishesNothingWhenItGoesOn()
    {
        await using var rig = await WorkerRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        var stopped = await rig.StartAsync(FaultPoint.After + "model screened_lines", holds: true);
        await rig.RequestAsync();
        await rig.ReachedAsync(stopped);
        await stopped.PauseAsync();
        await rig.StartAsync(settings: ("Transform__CacheDirectory", rig.CacheFolder + "-2"));
        await rig.ShouldSettleAsync();
        var versions = await rig.Setup.RowsAsync("select version, run_id, published_at from insights.versions");

        await stopped.ResumeAsync();
        rig.Release();

        await Eventually.TrueAsync(() => Task.FromResult(stopped.Output.Contains("was taken over by another worker", StringComparison.Ordinal)), otherwise: () => stopped.Output);
        (await rig.Setup.RowsAsync("select version, run_id, published_at from insights.versions")).ShouldBe(versions);
        await rig.ShouldBeRightAsync();
    }

    [Fact]
    public async Task Workers_OfWhichTwoRunSideBySide_PublishOneVersionAfterTheOther()
    {
        await using var rig = await WorkerRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await rig.StartAsync();
        await rig.StartAsync(settings: ("Transform__CacheDirectory", rig.CacheFolder + "-2"));
        for (var load = 0; load < 6; load++)
        {
            await rig.LoadAsync();
        }

        await rig.ShouldSettleAsync();
        await rig.ShouldBeRightAsync();
    }
}
