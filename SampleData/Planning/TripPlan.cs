using System.Runtime.InteropServices;
using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>All visits of all households, by day and within the day by basket number.</summary>
internal sealed class TripPlan
{
    private const double MostLikely = 0.97;
    private const double SecondVisit = 0.045;
    private const double RareStore = 0.012;

    // Lines by hour of the real sample, which say when people shop.
    private static readonly double[] Hours =
        [509, 233, 180, 117, 56, 92, 218, 517, 941, 1902, 3300, 4737, 5413, 5759, 5876, 6116, 7122, 7865, 7440, 5982, 4751, 3176, 1847, 851];

    private readonly Trip[][] _days;

    internal TripPlan(ulong seed, IReadOnlyList<Household> households, ShoppingCalendar calendar, StoreNetwork stores, int parallelism)
    {
        var perHousehold = new Trip[households.Count][];
        Parallel.For(0, households.Count, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, index =>
            perHousehold[index] = [.. Plan(seed, index, households[index], calendar, stores)]);
        _days = new Trip[calendar.LastDay + 1][];
        var byDay = perHousehold.SelectMany(trips => trips).ToLookup(trip => trip.Day);
        for (var day = 0; day <= calendar.LastDay; day++)
        {
            _days[day] = [.. byDay[(short)day].OrderBy(trip => trip.BasketId)];
        }
    }

    /// <summary>The trips of a day by basket number.</summary>
    internal ReadOnlySpan<Trip> Of(int day) => _days[day];

    private static IEnumerable<Trip> Plan(ulong seed, int index, Household household, ShoppingCalendar calendar, StoreNetwork stores)
    {
        short previous = 0;
        for (var day = household.JoinDay; day <= Math.Min(calendar.LastDay, household.ChurnDay ?? int.MaxValue); day++)
        {
            var stream = RandomStream.For(seed, Draw.Trip, household.Key, day);
            var chance = household.TripRate * household.Weekdays[day % ShoppingCalendar.DaysPerWeek] * calendar.Of(day) * TripFactor(household, day);
            if (!stream.NextChance(Math.Min(MostLikely, chance)))
            {
                continue;
            }

            yield return Visit(ref stream, index, household, stores, (short)day, previous, 0);
            previous = (short)day;
            if (stream.NextChance(SecondVisit))
            {
                yield return Visit(ref stream, index, household, stores, (short)day, previous, 1);
            }
        }
    }

    private static Trip Visit(ref RandomStream stream, int index, Household household, StoreNetwork stores, short day, short previous, byte visit)
    {
        var minute = (stream.NextWeighted(Hours) * 60) + stream.NextBelow(60);
        var choice = stream.NextUnit();
        var rare = stream.NextBelow(stores.Ids.Length);
        var hasMoved = household.Change is { Kind: ChangeKind.NewStore } change && day >= change.Day;
        var (home, second) = hasMoved ? (household.SecondStore, household.HomeStore) : (household.HomeStore, household.SecondStore);
        var store = choice < RareStore ? rare : choice < RareStore + ((1 - RareStore) * household.HomeShare) ? home : second;
        return new Trip(index, day, previous, (short)minute, (short)store, visit);
    }

    private static double TripFactor(Household household, int day) =>
        household.Change is { Kind: ChangeKind.FewerTrips or ChangeKind.MoreTrips } change && day >= change.Day ? change.Factor : 1;
}

/// <summary>A visit to a store.</summary>
/// <param name="Household">Position of the household.</param>
/// <param name="Day">DAY.</param>
/// <param name="PreviousDay">The day of the trip before; 0 for the first one.</param>
/// <param name="Minute">Minute of the day, 0 to 1439.</param>
/// <param name="Store">Position of the store.</param>
/// <param name="Visit">0 for the first visit of a day, 1 for the second.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Trip(int Household, short Day, short PreviousDay, short Minute, short Store, byte Visit)
{
    private const long FirstBasket = 27_000_000_000;
    private const long PerMinute = 20_000;
    private const long MinutesPerDay = 1_440;

    /// <summary>BASKET_ID: ascending in time, and the same whatever the others do.</summary>
    internal long BasketId => FirstBasket + (((Day * MinutesPerDay) + Minute) * PerMinute) + (Household * 2) + Visit;
}
