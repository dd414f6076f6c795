using Dunnhumby.Transform.Worker.Computing;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>One engine serves one rebuild after the other, and the file of the cache.</summary>
public sealed class EngineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("engine-test-");
    private readonly Clock _time = new();
    private readonly Engine _engine;

    public EngineTests() => _engine = new Engine(Options.Create(new TransformOptions { TempDirectory = _folder.FullName, MemoryLimit = "512MB" }), _time);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_AfterARebuild_IsEmptyOfItsTablesAndMacros()
    {
        using (var first = await _engine.OpenAsync(Cancelled))
        {
            await first.ExecuteAsync("create table made as select 1 as one; create macro twice(x) as 2 * x; set variable day = 3", Cancelled);
            using var other = await first.ConnectAsync(Cancelled);
            using var command = other.CreateCommand();
            command.CommandText = "select one from made";
            command.ExecuteScalar().ShouldBe(1);
        }

        using var second = await _engine.OpenAsync(Cancelled);
        (await second.ScalarAsync("select count(*) from duckdb_tables()", Cancelled)).ShouldBe(0);
        (await second.ScalarAsync("select count(*) from duckdb_functions() where function_name = 'twice'", Cancelled)).ShouldBe(0);
        (await second.TextAsync("select getvariable('day')::varchar", Cancelled)).ShouldBeNull();
    }

    [Fact]
    public async Task Rest_AMinuteAfterARebuild_LeavesTheEngineAtWork()
    {
        (await _engine.OpenAsync(Cancelled)).Dispose();
        _time.Passed = TimeSpan.FromMinutes(2);
        _engine.Rest();

        using var next = await _engine.OpenAsync(Cancelled);
        (await next.TextAsync("select current_setting('memory_limit')", Cancelled)).ShouldBe("488.2 MiB");
    }

    /// <summary>A rebuild has all threads, whatever the last refresh used.</summary>
    [Fact]
    public async Task UseThreads_OfARefresh_AreOneForALittleOne()
    {
        using var engine = new Engine(Options.Create(new TransformOptions { TempDirectory = _folder.FullName, MemoryLimit = "512MB", Threads = 3 }), _time);
        using var kept = await engine.OpenAsync(Path.Combine(_folder.FullName, "kept.duckdb"), "kept", Cancelled);

        (await ThreadsAsync(kept)).ShouldBe("3");
        await engine.UseThreadsAsync(isLittle: true, Cancelled);
        (await ThreadsAsync(kept)).ShouldBe("1");
        await engine.UseThreadsAsync(isLittle: false, Cancelled);
        (await ThreadsAsync(kept)).ShouldBe("3");
        await engine.UseThreadsAsync(isLittle: true, Cancelled);
        using var rebuild = await engine.OpenAsync(Cancelled);
        (await ThreadsAsync(rebuild)).ShouldBe("3");

        static async Task<string?> ThreadsAsync(Warehouse warehouse) => await warehouse.TextAsync("select current_setting('threads')::varchar", Cancelled);
    }

    [Fact]
    public async Task OpenFile_ClosedAndOpenedAgain_HasWhatWasCommitted()
    {
        var file = Path.Combine(_folder.FullName, "kept.duckdb");
        using (var kept = await _engine.OpenAsync(file, "kept", Cancelled))
        {
            await kept.ExecuteAsync("create table made as select 1 as one", Cancelled);
        }

        _engine.Close("kept");
        _engine.End();
        using var again = await _engine.OpenAsync(file, "kept", Cancelled);
        (await again.ScalarAsync("select one from made", Cancelled)).ShouldBe(1);
    }

    [Fact]
    public async Task OpenFile_ThatIsNoDatabase_IsRefusedAndRebuildsGoOn()
    {
        var file = Path.Combine(_folder.FullName, "kept.duckdb");
        await File.WriteAllTextAsync(file, "no database", Cancelled);

        await Should.ThrowAsync<DuckDB.NET.Data.DuckDBException>(() => _engine.OpenAsync(file, "kept", Cancelled));

        using var rebuild = await _engine.OpenAsync(Cancelled);
        (await rebuild.ScalarAsync("select 1", Cancelled)).ShouldBe(1);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    private sealed class Clock : TimeProvider
    {
        internal TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
