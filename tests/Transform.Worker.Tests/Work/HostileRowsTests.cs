using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CsCheck;
using DuckDB.NET.Data;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Tests.Computing;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Microsoft.AspNetCore.Builder;

namespace Dunnhumby.Transform.Worker.Tests.Work;

/// <summary>
/// Whatever was accepted, the next run publishes all tables, and what it publishes is right: hostile rows of all eight tables go through whole runs into Postgres, and
/// the published figures of the reference tables are compared with <see cref="IndependentFigures"/>. <c>HOSTILE_CASES</c> sets the number of cases, <c>HOSTILE_LANES</c> how many
/// run side by side.
/// </summary>
public sealed class HostileRowsTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Cases = 500;
    private const int Lanes = 2;

    [Fact]
    public async Task Run_OfHostileAcceptedRows_PublishesEveryTableWithTheRightSums()
    {
        var (cases, lanes) = (Setting("HOSTILE_CASES", Cases), Setting("HOSTILE_LANES", Lanes));
        var free = new ConcurrentBag<Lane>();
        try
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                free.Add(await Lane.OpenAsync(postgres));
            }

            var started = Stopwatch.GetTimestamp();
            var (rows, done) = (0L, 0L);
            await HostileFile.Loads.SampleAsync(
                async files =>
                {
                    free.TryTake(out var lane).ShouldBeTrue("There are as many lanes as threads.");
                    try
                    {
                        await lane!.PublishAsync(files); // Taken.
                        Interlocked.Add(ref rows, files.Sum(file => file.Rows.Count));
                        Interlocked.Increment(ref done);
                    }
                    finally
                    {
                        free.Add(lane!); // Taken.
                    }
                },
                iter: cases,
                threads: lanes,
                print: files => string.Join('\n', files.AsEnumerable()));
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            output.WriteLine($"{done} cases with {rows} rows in {seconds:F0} s: every run published all tables, with the sums of an independent computation.");
        }
        finally
        {
            foreach (var lane in free)
            {
                await lane.DisposeAsync();
            }
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : otherwise;

    /// <summary>A database, a lake and a worker, used by one case after the other.</summary>
    private sealed class Lane : IAsyncDisposable
    {
        private readonly WorkerSetup _setup;
        private readonly WebApplication _worker;
        private readonly DuckDBConnection _writer = new("DataSource=:memory:");
        private long _lastLoad;

        private Lane(WorkerSetup setup)
        {
            _setup = setup;
            _worker = setup.Worker(WorkerSetup.EveryTable, settings:
            [
                ("Transform:GatherWindow", "00:00:00"), ("Transform:MaxGather", "00:00:00"), ("Transform:KeepVersions", "1"), ("Transform:Threads", "1"),
                ("Transform:RefreshUpTo", "0"),
            ]);
            _writer.Open();
        }

        internal static async Task<Lane> OpenAsync(PostgresFixture postgres) => new(await WorkerSetup.CreateAsync(postgres));

        internal async Task PublishAsync(HostileFile[] files)
        {
            await _setup.ExecuteAsync("update catalog.loads set state = 'withdrawn', withdrawn_at = clock_timestamp() where state = 'completed'");
            await _setup.RegisterAsync([.. await WriteAsync(files)]);
            var run = await WorkerSetup.RunAsync(_worker);

            var state = await _setup.RowAsync($"select state, coalesce(error, '-'), coalesce(engine_text, '-') from catalog.runs where id = {run}");
            if (files.Length == 0 && state.StartsWith("unchanged", StringComparison.Ordinal))
            {
                return;
            }

            state.ShouldBe("published - -");
            await CompareAsync(files);
        }

        public async ValueTask DisposeAsync()
        {
            await _writer.DisposeAsync();
            await _setup.DisposeAsync();
        }

        private async Task<List<InputLoad>> WriteAsync(HostileFile[] files)
        {
            List<InputLoad> loads = [];
            foreach (var file in files)
            {
                var id = ++_lastLoad;
                var path = LakeLayout.PartFile(file.Table.Name, id, 0);
                Directory.CreateDirectory(Path.GetDirectoryName(_setup.Lake.Layout.FullPath(path)) ?? "");
                await using var command = _writer.CreateCommand();
                command.CommandText = file.Copy(_setup.Lake.Layout.FullPath(path));
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
                loads.Add(new InputLoad(id, file.Table.Name, $"sha-{id}", file.Rows.Count, DateTimeOffset.UnixEpoch.AddMinutes(id), [path]));
            }

            return loads;
        }

        private async Task CompareAsync(HostileFile[] files)
        {
            int Int(string? value) => int.Parse(value ?? "", CultureInfo.InvariantCulture);
            long Long(string? value) => long.Parse(value ?? "", CultureInfo.InvariantCulture);
            var lines = HostileFile.Current(LakeTables.Transactions, files)
                .Select(row => new LineRow(Int(row[0]), Long(row[1]), Int(row[2]), Int(row[3]), Int(row[4]), (int)(decimal.Parse(row[5] ?? "", CultureInfo.InvariantCulture) * 100)));
            var products = HostileFile.Current(LakeTables.Products, files).Select(row => new ProductRow(Int(row[0]), row[4] ?? "", row[5] ?? ""));
            var campaigns = HostileFile.Current(LakeTables.Campaigns, files).Select(row => new CampaignRow(Int(row[1]), Int(row[2]), Int(row[3])));
            var coupons = HostileFile.Current(LakeTables.Coupons, files).Select(row => new CouponRow(Int(row[2]), Int(row[1]), Long(row[0]))).ToList();
            var expected = new IndependentFigures(lines, products);

            (await _setup.RowsAsync(
                """
                select household_key, first_day, last_day, baskets, r_score, f_score, m_score, rfm_score, rfm_bin, meat, misc, seasonal, total_sales
                from insights.household_summary order by household_key
                """)).ShouldBe(expected.HouseholdSummary());
            (await _setup.RowsAsync("select day, household_key, meat, misc, seasonal, total_sales from insights.daily_household_spend order by day, household_key"))
                .ShouldBe(expected.DailyHouseholdSpend());
            (await _setup.RowsAsync("select * from insights.daily_sales order by day")).ShouldBe(expected.DailySales());
            (await _setup.RowsAsync("select * from insights.daily_campaign_sales order by campaign, day")).ShouldBe(expected.DailyCampaignSales(coupons));
            (await _setup.RowsAsync(
                """
                select campaign, first_day, last_day, duration, listed_products, sales_before, sales_during, sales_after, sales_total,
                    days_before, days_during, days_after, days_total, avg_before, avg_during, avg_after, avg_total
                from insights.campaign_summary order by campaign
                """)).ShouldBe(expected.CampaignSummary(campaigns, coupons));
            (await _setup.RowAsync("select count(*) from insights.orphans")).ShouldBe("11");
        }
    }
}
