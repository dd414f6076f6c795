using Dunnhumby.SampleData.Randomness;

namespace Dunnhumby.SampleData.Households;

/// <summary>When favourites are due: every interval from the phase on, each due day moved by up to a tenth of the interval.</summary>
internal static class FavouriteDue
{
    private const double Jitter = 0.2;

    /// <summary>Whether a due day lies behind the trip before and not behind this one.</summary>
    internal static bool IsDue(ulong seed, int household, Favourite favourite, int previousDay, int day)
    {
        var first = (long)Math.Floor((previousDay - favourite.Phase) / favourite.IntervalDays);
        var last = (long)Math.Floor((day - favourite.Phase) / favourite.IntervalDays);
        for (var number = Math.Max(0, first - 1); number <= last + 1; number++)
        {
            var unit = RandomStream.ToUnit(RandomStream.Hash(seed, Draw.FavouriteDue, household, favourite.Product, -1 - number));
            var due = favourite.Phase + ((number + (Jitter * (unit - 0.5))) * favourite.IntervalDays);
            if (due > previousDay && due <= day)
            {
                return true;
            }
        }

        return false;
    }
}
