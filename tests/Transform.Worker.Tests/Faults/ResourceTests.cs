using System.Diagnostics;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Faults;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Transform.Worker.Tests.Faults;

/// <summary>What the worker works with goes away, is full or broken: readers keep the last good version, and the next run makes up for it.</summary>
public sealed class ResourceTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Postgres_StoppedDuringPublishing_HasTheVersionWhenItIsBack()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var rig = await WorkerRig.CreateAsync(server.ConnectionString());
        var worker = await rig.StartAsync(FaultPoint.Committing + "publish", holds: true);
        await rig.RequestAsync();
        await rig.ReachedAsync(worker);
        await server.StopAsync(PostgresStopMode.Immediate);
        rig.Release();
        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        rig.Setup.Database.Clear();

        await rig.ShouldSettleAsync();
        await rig.ShouldBeRightAsync();
    }

    [Theory]
    [InlineData(FaultPoint.After + "copy daily_sales")]
    [InlineData(FaultPoint.Committing + "publish")]
    public async Task Postgres_BackendTerminatedDuringPublishing_IsFollowedByAnotherAttempt(string point)
    {
        await using var rig = await WorkerRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        var worker = await rig.StartAsync(point, holds: true);
        await rig.RequestAsync();
        await rig.ReachedAsync(worker);
        await rig.Setup.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'");
        rig.Release();

        await rig.ShouldSettleAsync();
        await rig.ShouldBeRightAsync();
    }

    [Fact]
    public async Task Cache_WithoutRoom_IsDoneWithout()
    {
        await using var rig = await WorkerRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await WithSmallDiskAsync(rig.CacheFolder, async () =>
        {
            var worker = await rig.StartAsync();
            await rig.ShouldSettleAsync();
            await Eventually.TrueAsync(() => Task.FromResult(worker.Output.Contains("The cache cannot be written", StringComparison.Ordinal)), otherwise: () => worker.Output);

            await rig.LoadAsync();

            await rig.ShouldSettleAsync();
            await rig.ShouldBeRightAsync();
        });
    }

    [Fact]
    public async Task Spill_WithoutRoom_FailsTheRunAndKeepsTheLastVersion()
    {
        await using var rig = await WorkerRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await rig.StartAsync();
        await rig.ShouldSettleAsync();
        await rig.StopAsync();

        await WithSmallDiskAsync(rig.SpillFolder, async () =>
        {
            // Enough for the small panel of before, and too little for this load.
            var worker = await rig.StartAsync(settings: [("Transform__MemoryLimit", "24MB"), ("Transform__MaxAttempts", "1"), ("Transform__RefreshUpTo", "0"), ("Transform__Threads", "1")]);
            await rig.LoadAsync(lines: 300_000);
            await Eventually.TrueAsync(
                async () => await rig.Setup.RowAsync("select count(*) from catalog.runs where error like '%Transform:TempDirectory%'") is not "0", otherwise: () => worker.Output);
            (await rig.Setup.RowAsync("select count(*) from insights.daily_sales")).ShouldBe("30", "The days of the first version.");
            await rig.StopAsync();
        });

        await rig.StartAsync();
        await rig.RequestAsync();
        await rig.ShouldSettleAsync();
        await rig.ShouldBeRightAsync();
    }

    [Fact]
    public async Task Cache_Damaged_IsMadeAgain()
    {
        await using var rig = await WorkerRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await rig.StartAsync();
        await rig.ShouldKeepAsync();
        await rig.StopAsync();
        var random = new Random(1);
        var bytes = await File.ReadAllBytesAsync(rig.CacheFile, TestContext.Current.CancellationToken);
        random.NextBytes(bytes.AsSpan(bytes.Length / 4, bytes.Length / 2));
        await File.WriteAllBytesAsync(rig.CacheFile, bytes, TestContext.Current.CancellationToken);

        await rig.StartAsync();
        await rig.LoadAsync();

        await rig.ShouldSettleAsync();
        await rig.LoadAsync();
        await rig.ShouldSettleAsync();
        await rig.ShouldBeRightAsync();
    }

    [Fact]
    public async Task Memory_TooLittle_FailsTheRunAndKeepsTheLastVersion()
    {
        await using var rig = await WorkerRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken));
        await rig.StartAsync();
        await rig.ShouldSettleAsync();
        await rig.StopAsync();

        // Less than a block of a table.
        var worker = await rig.StartAsync(settings: [("Transform__MemoryLimit", "1MB"), ("Transform__MaxAttempts", "1"), ("Transform__RefreshUpTo", "0")]);
        await rig.LoadAsync();
        await Eventually.TrueAsync(
            async () => await rig.Setup.RowAsync("select count(*) from catalog.runs where error like '%Transform:MemoryLimit%'") is not "0", otherwise: () => worker.Output);
        (await rig.Setup.RowAsync("select count(*) from insights.daily_sales")).ShouldBe("30", "The days of the first version.");
        await rig.StopAsync();

        await rig.StartAsync();
        await rig.RequestAsync();
        await rig.ShouldSettleAsync();
        await rig.ShouldBeRightAsync();
    }

    /// <summary>Does something while a folder is a file system of 1 MB.</summary>
    private static async Task WithSmallDiskAsync(string folder, Func<Task> work)
    {
        Directory.CreateDirectory(folder);
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder), "Mounting a small file system needs root.");
        try
        {
            await work();
        }
        finally
        {
            (await RunAsync("umount", "-l", folder)).ShouldBeTrue();
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false }) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
