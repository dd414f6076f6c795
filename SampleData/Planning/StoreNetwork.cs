using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>Stores by size: the large ones have regulars and advertising data, a long tail sees a visit now and then.</summary>
internal sealed class StoreNetwork
{
    private const int StoresAtScaleOne = 582;
    private const int AdvertisedAtScaleOne = 115;
    private const double Decline = 1.7;

    internal StoreNetwork(ulong seed, double scale)
    {
        var root = Math.Sqrt(scale);
        Advertised = Math.Max(3, (int)Math.Round(AdvertisedAtScaleOne * root));
        var count = Math.Max(Advertised + 3, (int)Math.Round(StoresAtScaleOne * root));
        Ids = [.. MakeIds(seed, count)];
        Regular = new AliasTable([.. Enumerable.Range(0, Advertised).Select(rank => Math.Exp(-Decline * rank / Advertised))]);
    }

    /// <summary>STORE_ID by position; the first <see cref="Advertised"/> are the large ones.</summary>
    internal int[] Ids { get; }

    /// <summary>How many stores have causal rows.</summary>
    internal int Advertised { get; }

    /// <summary>Draws a large store by its size.</summary>
    internal AliasTable Regular { get; }

    private static IEnumerable<int> MakeIds(ulong seed, int count)
    {
        const int FirstId = 280;
        const int FirstHighId = 31_300;
        const int HighIds = 3_000;
        const double LowShare = 0.77;
        var seen = new HashSet<int>();
        var stream = RandomStream.For(seed, Draw.Store);
        while (seen.Count < count)
        {
            var id = stream.NextChance(LowShare) ? FirstId + stream.NextBelow(Math.Max(200, count)) : FirstHighId + stream.NextBelow(HighIds);
            if (seen.Add(id))
            {
                yield return id;
            }
        }
    }
}
