using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Transform.Worker.Inputs;

namespace Dunnhumby.Transform.Worker.Tests.Cache;

/// <summary>
/// Random histories of a lake: loads that come, come out of order, correct others, are mended and withdrawn, caches that are deleted or damaged. After each step
/// the tables that are brought up to date are, row for row, those that are made anew. <c>HISTORIES</c> sets the number of histories.
/// </summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int Histories = 200;
    private const int Steps = 3;
    private const int Lanes = 2;

    /// <summary>Long runs tell how far they are.</summary>
    private const int Reported = 100;

    [Fact]
    public async Task Make_AfterEachStepOfAnyHistory_EqualsMakingAnew()
    {
        var histories = int.TryParse(Environment.GetEnvironmentVariable("HISTORIES"), CultureInfo.InvariantCulture, out var number) ? number : Histories;
        var started = Stopwatch.GetTimestamp();
        var (ended, refreshed, parts, steps) = (0, 0, 0, 0);
        ConcurrentBag<Keeper> idle = [.. Enumerable.Range(0, Lanes).Select(_ => new Keeper())];
        await Gen.Int[0, int.MaxValue - 1].SampleAsync(
            async seed =>
            {
                // One that fails is not used again.
                var keeper = idle.TryTake(out var free) ? free : new Keeper();
                keeper.BeginAnew();
                var history = new History(seed);
                await history.BeginAsync(keeper);
                for (var step = 0; step < Steps; step++)
                {
                    var what = history.Step(keeper);
                    var (isRefreshed, changedParts) = await keeper.CompareAsync($"seed {seed}, step {step}: {what}");
                    Interlocked.Add(ref refreshed, isRefreshed ? 1 : 0);
                    Interlocked.Add(ref parts, changedParts);
                    Interlocked.Increment(ref steps);
                }

                idle.Add(keeper);
                if (Interlocked.Increment(ref ended) % Reported == 0)
                {
                    Tell();
                }
            },
            iter: histories,
            threads: Lanes);
        Tell();
        foreach (var keeper in idle)
        {
            keeper.Dispose();
        }

        // The others follow a deleted, damaged or empty cache.
        refreshed.ShouldBeGreaterThan(steps / 2);
        parts.ShouldBeGreaterThan(steps);

        void Tell() => output.WriteLine(
            $"{ended} histories, {steps} steps, {refreshed} by refreshing, {parts} tables changed by rows, {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s.");
    }

    /// <summary>What happens to a lake, by chance.</summary>
    private sealed class History(int seed)
    {
        private static readonly string[] Commodities = ["BEEF", "SOFT DRINKS", "COAL", "GASOLINE-REG UNLEADED"];

        private readonly Random _random = new(seed);
        private readonly List<InputLoad> _loads = [];
        private readonly List<InputLoad> _held = [];

        /// <summary>Something of everything that later steps change; what is missing comes later, or never.</summary>
        internal async Task BeginAsync(Keeper keeper)
        {
            foreach (var dataset in DatasetNames.All.Where(_ => _random.Next(4) > 0))
            {
                _loads.Add(Add(keeper, dataset));
            }

            _loads.Add(Add(keeper, DatasetNames.Transactions));
            await keeper.CompareAsync($"seed {seed}, first");
        }

        /// <returns>What was done, in words.</returns>
        internal string Step(Keeper keeper)
        {
            switch (_random.Next(12))
            {
                case 0 or 1 when _loads.Count > 0:
                    var withdrawn = _loads[_random.Next(_loads.Count)];
                    foreach (var load in _loads.Where(load => load.Owner == withdrawn.Id || load.Id == withdrawn.Id).ToList())
                    {
                        keeper.Lake.Withdraw(load);
                        _loads.Remove(load);
                    }

                    return $"withdraw {withdrawn}";
                case 2 when _loads.Where(load => load.ReplaysLoadId is null).ToList() is { Count: > 0 } mendable:
                    var mended = mendable[_random.Next(mendable.Count)];
                    _loads.Add(keeper.Lake.AddReplay(mended, Rows(mended.Dataset)));
                    return $"mend {mended}";
                case 3:
                    var held = Add(keeper, Any());
                    keeper.Lake.Withdraw(held);
                    _held.Add(held);
                    return $"begin {held}, which ends later";
                case 4 when _held.Count > 0:
                    var late = _held[0];
                    _held.RemoveAt(0);
                    keeper.Lake.Restore(late);
                    _loads.Add(late);
                    return $"end {late}";
                case 5 when _random.Next(3) == 0:
                    keeper.Damage(_random);
                    return "damage the cache";
                case 5 when _random.Next(2) == 0:
                    keeper.Restart();
                    return "restart";
                default:
                    var several = Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Add(keeper, Any())).ToList();
                    _loads.AddRange(several);
                    return string.Join(", ", several);
            }
        }

        private InputLoad Add(Keeper keeper, string dataset) => keeper.Lake.Add(dataset, Rows(dataset));

        private string Any() => _random.Next(2) == 0 ? DatasetNames.Transactions : DatasetNames.All[_random.Next(DatasetNames.All.Count)];

        private List<string> Rows(string dataset) => dataset switch
        {
            DatasetNames.Transactions => [.. Enumerable.Range(0, _random.Next(1, 5)).SelectMany(_ => Basket())],
            DatasetNames.Products => Of(product => Lakes.Rows.Product(product, Commodities[_random.Next(Commodities.Length)]), 1, 7),
            DatasetNames.Demographics => Of(household => Lakes.Rows.Household(household, "45-54", "75-99K", "Single Male", "1"), 1, 6),
            DatasetNames.Campaigns => Of(campaign => Lakes.Rows.Campaign(campaign, _random.Next(95, 120), _random.Next(120, 150)), 1, 4),
            DatasetNames.CampaignHouseholds => Of(household => $"TypeA,{household},{_random.Next(1, 4)}", 1, 6),
            DatasetNames.Coupons => Of(product => Lakes.Rows.Coupon(_random.Next(1, 4), product, _random.Next(1, 4)), 1, 8),
            DatasetNames.CouponRedemptions => Of(household => $"{household},{_random.Next(98, 130)},{_random.Next(1, 4)},{_random.Next(1, 4)}", 1, 6),
            _ => Of(product => $"{product},{_random.Next(1, 3)},{_random.Next(1, 4)},0,A", 1, 9),
        };

        /// <summary>One row for some of the numbers of a range.</summary>
        private List<string> Of(Func<int, string> row, int first, int behind)
        {
            List<string> rows = [.. Enumerable.Range(first, behind - first).Where(_ => _random.Next(3) > 0).Select(row)];
            return rows.Count > 0 ? rows : [row(first)];
        }

        /// <summary>Few households, days and baskets, so that histories meet: baskets come again, households have one day or several, lines repeat.</summary>
        private List<string> Basket()
        {
            var (household, day) = (_random.Next(1, 6), _random.Next(99, 106));
            var basket = (household * 1_000) + (day * 2) + _random.Next(2);
            var lines = Enumerable.Range(0, _random.Next(1, 4))
                .Select(_ => Lakes.Rows.Line(household, basket, day, _random.Next(1, 8), $"{_random.Next(0, 9)}.25", _random.Next(8) == 0 ? 0 : 1)).ToList();
            return _random.Next(5) == 0 ? [.. lines, lines[0]] : lines;
        }
    }
}
