using System.Diagnostics;
using System.Net.Http.Json;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Schedules;
using Dunnhumby.Transform.Worker.Tests.Work;
using Microsoft.AspNetCore.Builder;

namespace Dunnhumby.Transform.Worker.Tests.Schedules;

/// <summary>The schedules in the database: one of each, however many workers there are; what they show of themselves.</summary>
public sealed class ScheduleKeeperTests(PostgresFixture postgres)
{
    private const string EverySecond = "* * * * * ?";
    private const string Key = "dnh_schedules_read_0000000000000";

    [Fact]
    public async Task TwoWorkers_KeepOneScheduleThatFiresOnce()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        var started = Stopwatch.GetTimestamp();
        await StartAsync(setup, EverySecond);
        await StartAsync(setup, EverySecond);
        await Eventually.TrueAsync(async () => await FiredAsync(setup) > 0, what: "the schedule fires");

        (await setup.RowAsync("select cron_expression from quartz.qrtz_cron_triggers")).ShouldBe(EverySecond);
        // Without loads, a run ends at once. Each time asks once, on a crowded machine late: there are no more runs than seconds since the start.
        await Eventually.TrueAsync(async () => await RunsAsync(setup) >= 8, what: "eight runs");
        ((double)await RunsAsync(setup)).ShouldBeLessThanOrEqualTo(1 + Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    [Fact]
    public async Task Schedules_AreShownWithLastAndNextTime_AndOldOnesAreRemoved()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        var first = await StartAsync(setup, EverySecond);
        var shown = await Eventually.GetAsync(() => SchedulesAsync(first), known => known is [{ LastAt: not null }, ..], what: "a first time");
        shown.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            schedule => schedule.Cron.ShouldBe(EverySecond),
            schedule => schedule.TimeZone.ShouldBe("UTC"),
            schedule => schedule.IsRegular.ShouldBeTrue(),
            schedule => schedule.NextAt.ShouldNotBeNull().ShouldBeGreaterThan(schedule.LastAt!.Value)); // Not null: waited for.
        await first.StopAsync(TestContext.Current.CancellationToken);

        var second = await StartAsync(setup, "0 15 3 * * ?");
        var kept = (await Eventually.GetAsync(() => SchedulesAsync(second), known => known is [{ NextAt: not null }], what: "a next time")).Single();
        kept.LastAt.ShouldBeNull();
        (kept.NextAt!.Value.Hour, kept.NextAt.Value.Minute).ShouldBe((3, 15)); // Not null: waited for.
        (await setup.RowAsync("select cron_expression from quartz.qrtz_cron_triggers")).ShouldBe("0 15 3 * * ?");
    }

    [Fact]
    public async Task WithoutASchedule_NoneIsShown()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);

        (await SchedulesAsync(await StartAsync(setup, ""))).ShouldBeEmpty();
    }

    private static async Task<WebApplication> StartAsync(WorkerSetup setup, string schedule)
    {
        var worker = setup.Worker(settings: [("ApiKeys:Read", Key), ("Transform:Schedule", schedule)]);
        worker.MapSchedules();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        return worker;
    }

    private static async Task<IReadOnlyList<Schedule>> SchedulesAsync(WebApplication worker)
    {
        using var client = new HttpClient { BaseAddress = new Uri(worker.Urls.First()) };
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        return await client.GetFromJsonAsync<IReadOnlyList<Schedule>>("/schedules", TestContext.Current.CancellationToken) ?? [];
    }

    private static async Task<long> RunsAsync(WorkerSetup setup) => long.Parse(await setup.RowAsync("select count(*) from catalog.runs where reason = 'schedule'"), null);

    private static async Task<int> FiredAsync(WorkerSetup setup) =>
        (await setup.RowAsync("select to_regclass('quartz.qrtz_triggers') is not null")) is "True"
            ? (await setup.RowsAsync("select 1 from quartz.qrtz_triggers where prev_fire_time > 0")).Count
            : 0;
}
