using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Tests;

/// <summary>On a panel of full size: at a tenth of it a kind of change may not occur.</summary>
[Collection<FullJourneyGroup>]
public sealed class ChangedHouseholdTests(FullJourney full)
{
    [Fact]
    public async Task Changed_AfterTheirDay_DifferFromTheTwinByTheFactor()
    {
        using var twin = await JourneyOnDisk.MakeAsync(new JourneyOptions { Effects = false }, DatasetNames.Transactions);
        var truth = full.Real.Truth;
        var churned = truth.Churned.Select(one => one.HouseholdKey).ToHashSet();
        var changes = truth.Changes.Where(change => !churned.Contains(change.HouseholdKey)).ToDictionary(change => change.HouseholdKey);
        var (real, same) = (Baskets(full.Real, changes), Baskets(twin, changes));
        foreach (var (kind, factor, tolerance) in new[] { ("fewer_trips", 0.35, 0.12), ("more_trips", 2.0, 0.5) })
        {
            var after = real[(kind, true)] / (double)same[(kind, true)];
            var before = real[(kind, false)] / (double)same[(kind, false)];
            after.ShouldBe(factor, tolerance, kind);
            before.ShouldBe(1, 0.03, kind);
        }
    }

    /// <summary>By kind of change, before and after its day.</summary>
    private static Dictionary<(string Kind, bool IsAfter), int> Baskets(JourneyOnDisk panel, Dictionary<int, Truth.ChangeTruth> changes)
    {
        var baskets = new Dictionary<(string Kind, bool IsAfter), HashSet<string>>();
        foreach (var fields in panel.Rows(DatasetNames.Transactions, 4))
        {
            if (changes.TryGetValue(int.Parse(fields[0]), out var change))
            {
                var key = (change.Kind, int.Parse(fields[2]) >= change.Day);
                if (!baskets.TryGetValue(key, out var known))
                {
                    baskets[key] = known = new(StringComparer.Ordinal);
                }

                known.Add(fields[1]);
            }
        }

        return baskets.ToDictionary(part => part.Key, part => part.Value.Count);
    }
}
