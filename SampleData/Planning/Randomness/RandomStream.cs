namespace Dunnhumby.SampleData.Planning.Randomness;

/// <summary>
/// A splittable stream of random numbers: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). A stream is found
/// from the seed and the keys of an entity alone, so that what an entity draws depends neither on the number of cores nor on any other entity.
/// </summary>
internal struct RandomStream(ulong state)
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong _state = state;

    /// <summary>The stream of one entity, such as a household on a day.</summary>
    internal static RandomStream For(ulong seed, Draw draw, long first = 0, long second = 0, long third = 0) =>
        new(Hash(seed, draw, first, second, third));

    /// <summary>64 random bits that belong to an entity: what the stream of <see cref="For"/> starts from.</summary>
    internal static ulong Hash(ulong seed, Draw draw, long first = 0, long second = 0, long third = 0)
    {
        var hash = Mix(seed + ((ulong)draw * Gamma));
        hash = Mix(hash + ((ulong)first * 0xD1B54A32D192ED03));
        hash = Mix(hash + ((ulong)second * 0x8CB92BA72F3D8DD7));
        return Mix(hash + ((ulong)third * 0xABC98388FB8FAC03));
    }

    /// <summary>Cheap one-step mixing, for the innermost loops.</summary>
    internal static ulong Mix(ulong value)
    {
        value += Gamma;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>A number in [0, 1) from 53 of 64 random bits.</summary>
    internal static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    internal ulong NextBits()
    {
        var bits = Mix(_state);
        _state += Gamma;
        return bits;
    }

    /// <summary>Uniform in [0, 1).</summary>
    internal double NextUnit() => ToUnit(NextBits());

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    internal double NextBetween(double low, double high) => low + ((high - low) * NextUnit());

    /// <summary>Uniform whole number in 0 … <paramref name="count"/> - 1.</summary>
    internal int NextBelow(int count) => (int)Math.BigMul(NextBits(), (ulong)count, out _);

    internal bool NextChance(double probability) => NextUnit() < probability;
}

/// <summary>What is drawn: keeps the streams of different purposes apart when their keys are the same numbers.</summary>
internal enum Draw
{
    ProductOrder = 1,
    Product,
    ProductId,
    Elasticity,
    Promotion,
    Carried,
    StoreDisplay,
    Store,
    Household,
    Demographics,
    DemographicsPick,
    Favourite,
    FavouriteDue,
    Change,
    Day,
    Trip,
    Basket,
    Campaign,
    Target,
    Coupon,
    Complement,
    Defect,
}
