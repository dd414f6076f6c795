using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DuckDB.NET.Data;
using Dunnhumby.Catalog.Care;
using Dunnhumby.Contracts.Lake;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messaging;
using Dunnhumby.Ingestion.Service.Care;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Tests.Care;

/// <summary>Rounds of lake care over real uploads. Whatever a round does, plain DuckDB reads the rows that the uploads say.</summary>
public sealed class CareTests(PostgresFixture postgres, RabbitMqFixture broker) : IAsyncLifetime
{
    private readonly IngestionHost _host = new(postgres, broker)
    {
        Settings =
        {
            ["LakeCare:MinFiles"] = "3",
            ["LakeCare:MinAge"] = "00:00:00",
            ["LakeCare:ReaderGrace"] = "00:00:00",
            ["LakeCare:OrphanGrace"] = "01:00:00",
        },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _host.InitializeAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Round_SmallFilesThenWithdrawal_PlainReadersHaveTheRowsThatCount()
    {
        // Load 3 is a re-extract of basket 1; the later day of basket 2 is a load of its own.
        await LoadAsync(Line(1, 11, "1.00"), Line(1, 12, "2.00"), Line(1, 12, "2.00"));
        await LoadAsync(Line(2, 11, "3.00"));
        var reExtract = await LoadAsync(Line(1, 11, "9.00"));
        string[] expected = ["1 11 9.00", "2 11 3.00"];
        (await ByPartitionAsync()).ShouldBe(expected);

        var round = await RoundAsync();

        (round.FilesMerged, round.FilesWritten, round.FilesRemoved).ShouldBe((3, 2, 3));
        (await ByPartitionAsync()).ShouldBe(expected);
        (await ByManifestAsync()).ShouldBe(expected);
        var table = (await LakeAsync()).Tables.Single(one => one.Name is "transaction_data");
        (table.Loads, table.Rows, table.Files, table.CompactedFiles).ShouldBe((3, 5, 2, 2));
        Directory.GetFiles(Path.Combine(_host.Lake, "transaction_data"), "part-*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await RoundAsync()).FilesMerged.ShouldBe(0, "what was merged is not merged again");

        using var client = _host.Client();
        (await client.DeleteAsync(new Uri($"/loads/{reExtract.Id}", UriKind.Relative), Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // Only the file of owned rows holds rows of load 3; that of replaced rows has load 1's alone.
        (await RoundAsync()).FilesMerged.ShouldBe(1);

        expected = ["1 11 1.00", "1 12 2.00", "1 12 2.00", "2 11 3.00"];
        (await ByPartitionAsync()).ShouldBe(expected);
        (await ByManifestAsync()).ShouldBe(expected);

        // A newer extract owns its basket again, beside the merged file.
        await LoadAsync(Line(2, 14, "5.00"));
        await RoundAsync();
        expected = ["1 11 1.00", "1 12 2.00", "1 12 2.00", "2 14 5.00"];
        (await ByPartitionAsync()).ShouldBe(expected);
        (await ByManifestAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task Round_MergedFiles_KeepTheLinesOfEveryRow()
    {
        // Line 1 is the header. Load 3 is a re-extract of basket 1; load 2 stands for one from before lines were kept.
        await LoadAsync(Line(1, 11, "1.00"), "", Line(1, 12, "2.00"), Line(1, 13, "3.00"));
        await LoadAsync(Line(2, 11, "3.00"), Line(2, 12, "4.00"));
        ForgetLines(Parts()[1]);
        var reExtract = await LoadAsync("", "", Line(1, 14, "9.00"));

        (await RoundAsync()).FilesMerged.ShouldBe(3);
        string[] owned = ["2 2 11 ", "2 2 12 ", "3 1 14 4"];
        string[] replaced = ["1 1 11 2", "1 1 12 4", "1 1 13 5"];
        (await MergedLinesAsync()).ShouldBe([.. replaced, .. owned]);

        // What the re-extract had replaced counts again, with its lines.
        using var client = _host.Client();
        (await client.DeleteAsync(new Uri($"/loads/{reExtract.Id}", UriKind.Relative), Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await RoundAsync();
        await LoadAsync(Line(3, 11, "1.00"));
        (await MergedLinesAsync()).ShouldBe([.. replaced, "2 2 11 ", "2 2 12 "]);
        (await ByManifestAsync()).ShouldBe(["1 11 1.00", "1 12 2.00", "1 13 3.00", "2 11 3.00", "2 12 4.00"]);
    }

    [Fact]
    public async Task Round_WhileARunReadsOldFiles_RemovesThemOnlyAfterwards()
    {
        for (var basket = 1; basket <= 3; basket++)
        {
            await LoadAsync(Line(basket, 11, "1.00"));
        }

        await ExecuteAsync("insert into catalog.runs (state, reason, requested_at, last_requested_at, started_at, lease_until, fence) values ('running', 'test', now(), now(), now(), now() + interval '1 hour', 1)");
        var held = Parts();

        (await RoundAsync()).FilesMerged.ShouldBe(3);
        (await RoundAsync()).FilesRemoved.ShouldBe(0);
        Parts().ShouldBe(held);
        (await LakeAsync()).RetiredFiles.ShouldBe(3);
        (await ByManifestAsync()).Count.ShouldBe(3);

        await ExecuteAsync("update catalog.runs set state = 'published', finished_at = now()");
        (await RoundAsync()).FilesRemoved.ShouldBe(3);
        Parts().ShouldBeEmpty();
        (await LakeAsync()).RetiredFiles.ShouldBe(0);
    }

    [Fact]
    public async Task Round_FilesThatTheCatalogDoesNotKnow_RemovesThoseThatNobodyUses()
    {
        await LoadAsync(Line(1, 11, "1.00"));
        var listed = Parts().ShouldHaveSingleItem();
        var orphan = Plant("transaction_data/load=999/part-00000.parquet");
        var staged = Plant("_staging/left-behind.parquet");
        var young = Plant("_staging/just-begun.parquet", TimeSpan.Zero);
        var resumable = Plant("_staging/_uploads/bytes-of-a-resumable-upload");
        var foreign = Plant("notes/readme.txt");
        var used = Plant("_staging/slow-upload.quarantine");
        await using var user = new FileStream(used, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        File.SetLastWriteTimeUtc(listed, DateTime.UtcNow.AddDays(-1));

        var round = await RoundAsync();

        (round.OrphansRemoved, round.OrphanBytes).ShouldBe((2, 12));
        new[] { orphan, staged }.Where(File.Exists).ShouldBeEmpty();
        new[] { listed, young, resumable, foreign, used }.ShouldAllBe(path => File.Exists(path));
        Directory.Exists(Path.Combine(_host.Lake, "transaction_data", "load=999")).ShouldBeFalse();
        (await LakeAsync()).OrphansRemoved.ShouldBe(2);
    }

    [Fact]
    public async Task Round_ListedFilesMissingOrTorn_SaysSoInHealthUntilTheyAreBack()
    {
        await LoadAsync(Line(1, 11, "1.00"));
        await LoadAsync(Line(2, 11, "1.00"));
        var parts = Parts();
        var (first, second) = (await File.ReadAllBytesAsync(parts[0], Cancelled), await File.ReadAllBytesAsync(parts[1], Cancelled));
        File.Delete(parts[0]);
        await File.WriteAllBytesAsync(parts[1], [.. second[..^10], .. new byte[10]], Cancelled);

        await RoundAsync();

        var faults = (await LakeAsync()).Faults;
        faults.Count.ShouldBe(2);
        faults[0].ShouldContain("is missing: 1 rows of load 1");
        faults[1].ShouldContain("it is torn");
        var (status, check) = await HealthAsync("lake");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (check.GetProperty("status").GetString(), check.GetProperty("data").GetProperty("damagedFiles").GetInt32()).ShouldBe(("Unhealthy", 2));

        await File.WriteAllBytesAsync(parts[0], first, Cancelled);
        await File.WriteAllBytesAsync(parts[1], second, Cancelled);
        (await RoundAsync()).Faults.ShouldBeEmpty();
        (await HealthAsync("lake")).Check.GetProperty("status").GetString().ShouldBe("Healthy");
    }

    [Fact]
    public async Task Round_WhileAnotherReplicaIsAtIt_DoesNothing()
    {
        await using (await CareLock.TryTakeAsync(_host.Services.GetRequiredService<NpgsqlDataSource>(), Cancelled))
        {
            (await _host.Services.GetRequiredService<CareRounds>().RunAsync(Cancelled)).ShouldBeNull();
        }

        await RoundAsync();
    }

    [Fact]
    public async Task Outbox_MessageThatIsNotSent_IsShownWithItsAge()
    {
        // The dispatcher's own lock: as long as somebody else has it, this service sends nothing.
        await using var dispatcher = await _host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Cancelled);
        await using var held = new NpgsqlCommand("select pg_advisory_lock(x'6F7574626F78'::bigint)", dispatcher);
        await held.ExecuteNonQueryAsync(Cancelled);
        await LoadAsync(Line(1, 11, "1.00"));
        await ExecuteAsync("update catalog.outbox set created_at = now() - interval '5 minutes'");
        using var client = _host.Client();

        var state = await client.GetFromJsonAsync<OutboxState>("/outbox", Cancelled);

        state.ShouldNotBeNull().Unsent.ShouldBe(1);
        state.OldestAge.ShouldBeInRange(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
        var (_, check) = await HealthAsync("outbox");
        check.GetProperty("status").GetString().ShouldBe("Degraded");
        check.GetProperty("description").GetString().ShouldNotBeNull().ShouldStartWith("1 messages are unsent, the oldest for 30");
        check.GetProperty("data").GetProperty("oldestAgeSeconds").GetDouble().ShouldBeGreaterThan(299);
    }

    private static string Line(long basket, int product, string sales) => $"1,{basket},200,{product},1,{sales},300,0,930,29,0,0";

    private Task<Load> LoadAsync(params string[] lines) => _host.LoadAsync("transaction_data", Csv.File([Csv.TransactionHeader, .. lines]));

    private async Task<CareRoundEntity> RoundAsync() =>
        await _host.Services.GetRequiredService<CareRounds>().RunAsync(Cancelled) ?? throw new InvalidOperationException("Another round is at work.");

    private async Task<LakeState> LakeAsync()
    {
        using var client = _host.Client();
        return await client.GetFromJsonAsync<LakeState>("/lake", Cancelled) ?? throw new InvalidOperationException("No state came.");
    }

    private async Task<(HttpStatusCode Status, JsonElement Check)> HealthAsync(string check)
    {
        using var client = _host.Client();
        using var response = await client.GetAsync(new Uri("/health/details", UriKind.Relative), Cancelled);
        var report = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        return (response.StatusCode, report.GetProperty("checks").EnumerateArray().Single(one => string.Equals(one.GetProperty("name").GetString(), check, StringComparison.Ordinal)));
    }

    /// <summary>The query of docs/lake.md for readers that know nothing but the folders.</summary>
    private Task<List<string>> ByPartitionAsync() => Parquet.QueryAsync(
        $"""
        with lines as (from read_parquet('{_host.Lake}/transaction_data/*/*.parquet', hive_partitioning = true, union_by_name = true)),
        owners as (select basket_id, max(load) as load from lines group by basket_id)
        select concat_ws(' ', basket_id, product_id, sales_value) as line from lines semi join owners using (basket_id, load) order by line
        """);

    /// <summary>The views that lake care writes.</summary>
    private async Task<List<string>> ByManifestAsync() => await Parquet.QueryAsync(
        await File.ReadAllTextAsync(Path.Combine(_host.Lake, "_manifest", "current.sql"), Cancelled)
        + "select concat_ws(' ', basket_id, product_id, sales_value) as line from transaction_data order by line");

    private Task<List<string>> MergedLinesAsync() => Parquet.QueryAsync(
        $"""
        select concat_ws(' ', load_id, basket_id, product_id, coalesce(source_line::varchar, '')) as line
        from read_parquet('{_host.Lake}/transaction_data/*/compact-*.parquet', union_by_name = true) order by line
        """);

    /// <summary>Writes a file anew as it was before lines were kept.</summary>
    private static void ForgetLines(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"copy (select * exclude (source_line) from read_parquet('{path}', hive_partitioning = false)) to '{path}.old' (format parquet, compression zstd)";
        command.ExecuteNonQuery();
        File.Move($"{path}.old", path, overwrite: true);
    }

    private string[] Parts() => [.. Directory.GetFiles(_host.Lake, "part-*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private string Plant(string relativePath, TimeSpan? age = null)
    {
        var path = Path.Combine(_host.Lake, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? _host.Lake);
        File.WriteAllText(path, "orphan");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - (age ?? TimeSpan.FromHours(2)));
        return path;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancelled);
    }
}
