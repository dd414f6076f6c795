using Dunnhumby.Lake.Files;
using Dunnhumby.Transform.Worker.Lines;
using Dunnhumby.Transform.Worker.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Tests.Lines;

/// <summary>The bounds of readings.</summary>
public sealed class LineDeskTests : IDisposable
{
    private static readonly LineSources Nothing = new(
        1, new DateOnly(2004, 3, 23), TransformSettings.From(Options.Create(new ReferenceOptions()), Options.Create(new CalendarOptions())), []);

    private readonly string _spill = Directory.CreateTempSubdirectory("line-desk-").FullName;
    private readonly List<LineStore> _stores = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _stores.ForEach(store => store.Dispose());
        Directory.Delete(_spill, recursive: true);
    }

    [Fact]
    public async Task Read_WhileAllPlacesAreTaken_IsRefusedUntilOneIsFree()
    {
        using var desk = Desk(new LineOptions { MaxConcurrent = 1, Patience = TimeSpan.Zero });
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = desk.ReadAsync(
            Nothing,
            async (_, _) =>
            {
                begun.SetResult();
                await end.Task;
                return "read";
            },
            Cancelled);
        await Task.WhenAny(begun.Task, first).WaitAsync(Cancelled);

        (await RefusedAsync(desk, "select 1")).ShouldBe((StatusCodes.Status503ServiceUnavailable, "urn:dunnhumby:problem:lines-busy"));

        end.SetResult();
        (await first).Value.ShouldBe("read");
        (await desk.ReadAsync(Nothing, (_, _) => Task.FromResult("again"), Cancelled)).Value.ShouldBe("again");
    }

    [Fact]
    public async Task Read_ThatTakesTooLong_IsStopped()
    {
        using var desk = Desk(new LineOptions { Timeout = TimeSpan.FromMilliseconds(300) });
        (await _stores[^1].OpenAsync(Nothing, Cancelled)).Dispose();

        // It would take hours.
        (await RefusedAsync(desk, "create table t as select count(*) from range(10_000_000) as a(x), range(10_000_000) as b(y) where (x * y) % 7 = 3"))
            .ShouldBe((StatusCodes.Status504GatewayTimeout, "urn:dunnhumby:problem:lines-too-slow"));
    }

    [Fact]
    public async Task Read_ThatNeedsMoreThanMemoryAndSpill_IsStopped()
    {
        using var desk = Desk(new LineOptions { MemoryLimit = "32MB", SpillLimit = "1MB", Timeout = TimeSpan.FromMinutes(1) });

        // 160 MB of random numbers, which do not compress.
        (await RefusedAsync(desk, "create temp table t as select random() as x from range(20_000_000) order by x"))
            .ShouldBe((StatusCodes.Status503ServiceUnavailable, "urn:dunnhumby:problem:lines-too-large"));
        (await desk.ReadAsync(Nothing, async (reading, cancelled) => $"{await reading.Warehouse.ScalarAsync("select 5", cancelled)}", Cancelled)).Value.ShouldBe("5");
    }

    [Fact]
    public async Task Read_BeforeTheEngineIsThere_IsToBeAskedAgain()
    {
        using var desk = Desk(new LineOptions { Timeout = TimeSpan.FromMilliseconds(1) });

        (await RefusedAsync(desk, "select 1")).ShouldBe((StatusCodes.Status503ServiceUnavailable, "urn:dunnhumby:problem:lines-being-copied"));

        // It goes on being opened, whoever asked has gone.
        (await _stores[^1].OpenAsync(Nothing, Cancelled)).Dispose();
    }

    [Fact]
    public async Task Read_WithoutAFolderForCopies_SaysWhichOneIsNeeded()
    {
        await File.WriteAllTextAsync(Path.Combine(_spill, "cache"), "no folder", Cancelled);
        using var desk = Desk(new LineOptions());

        (await RefusedAsync(desk, "select 1")).ShouldBe((StatusCodes.Status503ServiceUnavailable, "urn:dunnhumby:problem:lines-no-room"));
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
            Nothing,
            async (reading, cancelled) =>
            {
                await reading.Warehouse.ExecuteAsync(sql, cancelled);
                return "read";
            },
            Cancelled);
        return (refusal.ShouldNotBeNull().StatusCode, refusal.ProblemDetails.Type);
    }

    private LineDesk Desk(LineOptions options)
    {
        var bounds = Options.Create(options);
        var store = new LineStore(bounds, Options.Create(new TransformOptions { TempDirectory = _spill }), ModelCatalog.Embedded(), new LakeLayout(_spill));
        _stores.Add(store);
        return new LineDesk(store, bounds, TimeProvider.System, NullLogger<LineDesk>.Instance);
    }
}
