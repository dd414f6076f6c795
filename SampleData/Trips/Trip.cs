using System.Runtime.InteropServices;

namespace Dunnhumby.SampleData.Trips;

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
