using Dunnhumby.Transform.Worker.Lines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Tests.Lines;

/// <summary>The bounds of readings.</summary>
public sealed class LineDeskTests : IDisposable
{
    private readonly string _spill = Directory.CreateTempSubdirectory("line-desk-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_spill, recursive: true);

    [Fact]
    public async Task Read_WhileAllPlacesAreTaken_IsRefusedUntilOneIsFree()
    {
        using var desk = Desk(new LineOptions { MaxConcurrent = 1, Patience = TimeSpan.Zero });
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = desk.ReadAsync(
            async (_, _) =>
            {
                begun.SetResult();
                await end.Task;
                return "read";
            },
            Cancelled);
        await begun.Task.WaitAsync(Cancelled);

        (await RefusedAsync(desk, "select 1")).ShouldBe((StatusCodes.Status503ServiceUnavailable, "urn:dunnhumby:problem:lines-busy"));

        end.SetResult();
        (await first).Value.ShouldBe("read");
        (await desk.ReadAsync((_, _) => Task.FromResult("again"), Cancelled)).Value.ShouldBe("again");
    }

    [Fact]
    public async Task Read_ThatTakesTooLong_IsStopped()
    {
        using var desk = Desk(new LineOptions { Timeout = TimeSpan.FromMilliseconds(300) });

        // It would take hours.
        (await RefusedAsync(desk, "create table t as select count(*) from range(10_000_000) as a(x), range(10_000_000) as b(y) where (x * y) % 7 = 3"))
            .ShouldBe((StatusCodes.Status504GatewayTimeout, "urn:dunnhumby:problem:lines-too-slow"));
    }

    [Fact]
    public async Task Read_ThatNeedsMoreThanMemoryAndSpill_IsStopped()
    {
        using var desk = Desk(new LineOptions { MemoryLimit = "32MB", SpillLimit = "1MB", Timeout = TimeSpan.FromMinutes(1) });

        // 160 MB of random numbers, which do not compress.
        (await RefusedAsync(desk, "create table t as select random() as x from range(20_000_000) order by x"))
            .ShouldBe((StatusCodes.Status503ServiceUnavailable, "urn:dunnhumby:problem:lines-too-large"));
        Directory.GetFileSystemEntries(_spill).ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_OfAMissingFile_SaysThatItCannotBeRead()
    {
        using var desk = Desk(new LineOptions());

        (await RefusedAsync(desk, "create table t as from read_parquet('/nowhere/load=1/part-00000.parquet')"))
            .ShouldBe((StatusCodes.Status503ServiceUnavailable, "urn:dunnhumby:problem:lines-unreadable"));
    }

    private static async Task<(int Status, string? Type)> RefusedAsync(LineDesk desk, string sql)
    {
        var (_, refusal) = await desk.ReadAsync(
            async (warehouse, cancelled) =>
            {
                await warehouse.ExecuteAsync(sql, cancelled);
                return "read";
            },
            Cancelled);
        return (refusal.ShouldNotBeNull().StatusCode, refusal.ProblemDetails.Type);
    }

    private LineDesk Desk(LineOptions options) =>
        new(Options.Create(options), Options.Create(new TransformOptions { TempDirectory = _spill }), TimeProvider.System, NullLogger<LineDesk>.Instance);
}
