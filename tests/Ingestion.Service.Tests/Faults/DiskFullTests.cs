using System.Diagnostics;
using System.Net;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport.Servers;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>The lake on a file system of a few megabytes.</summary>
public sealed class DiskFullTests(PostgresFixture postgres, RabbitMqFixture broker)
{
    private const int Rows = 270_000;

    [Fact]
    public async Task Lake_WithoutRoom_IsAnsweredWith507AndKeepsNothing()
    {
        var folder = Directory.CreateTempSubdirectory("dunnhumby-small-").FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder), "Mounting a small file system needs root.");
        try
        {
            await using var rig = await FaultRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), broker.AmqpUri, folder);
            await rig.StartAsync();

            // More than a row group, so that the disk is full while rows are still read; and one that finds out only at the end.
            foreach (var csv in (string[])[Scattered(Rows), Scattered(Rows / 2)])
            {
                using var full = await rig.UploadAsync("coupon", csv);
                await full.ProblemAsync(HttpStatusCode.InsufficientStorage, "disk-full");
                await rig.ShouldHaveNoOrphanAsync();
            }

            // The quarantine takes the same disk.
            using (var full = await rig.UploadAsync("coupon", Csv.File(["COUPON_UPC,PRODUCT_ID,CAMPAIGN", .. Enumerable.Range(0, 2_000).Select(row => $"{row},{new string('x', 2_000)},1")]), "?maxQuarantined=100%25"))
            {
                await full.ProblemAsync(HttpStatusCode.InsufficientStorage, "disk-full");
            }

            await rig.ShouldHaveNoOrphanAsync();
            await using var catalog = rig.Catalog();
            (await catalog.Loads.AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();

            // There is room for a small one.
            var small = Scattered(100);
            (await rig.TryUploadAsync("coupon", small)).ShouldBeTrue(rig.Service.Output);
            await rig.ShouldHoldAsync("coupon", [small]);
        }
        finally
        {
            (await RunAsync("umount", "-l", folder)).ShouldBeTrue();
            Directory.Delete(folder);
        }
    }

    /// <summary>Numbers without order or repetition, which hardly compress.</summary>
    private static string Scattered(int rows)
    {
        var random = new Random(rows);
        return Csv.File(["COUPON_UPC,PRODUCT_ID,CAMPAIGN", .. Enumerable.Range(0, rows).Select(_ => $"{random.NextInt64(1L << 60)},{random.Next()},{random.Next()}")]);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false }) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
