using Dunnhumby.SampleData.Catalogue;
using Dunnhumby.SampleData.Randomness;

namespace Dunnhumby.SampleData.Promotions;

/// <summary>How sales of a product answer to its own price: multiplied with (price / shelf price) ^ elasticity, the elasticity being its commodity's.</summary>
internal sealed class Elasticities
{
    private const double Strongest = -2.2;
    private const double Weakest = -0.4;

    private readonly double[] _values;
    private readonly double[] _multipliers;

    internal Elasticities(ulong seed, bool effects)
    {
        // By name: a commodity of several departments has one elasticity.
        var byName = CommodityTable.All.Select(commodity => commodity.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select((name, index) => (name, Value: Draws(seed, index)))
            .ToDictionary(pair => pair.name, pair => effects ? pair.Value : 0, StringComparer.Ordinal);
        _values = [.. CommodityTable.All.Select(commodity => byName[commodity.Name])];
        _multipliers = new double[_values.Length * (PromotionPlan.DeepestCut + 1)];
        for (var index = 0; index < _multipliers.Length; index++)
        {
            var depth = index % (PromotionPlan.DeepestCut + 1);
            _multipliers[index] = Math.Pow(1 - (depth / 100.0), _values[index / (PromotionPlan.DeepestCut + 1)]);
        }
    }

    /// <summary>The largest multiplier that any price cut has.</summary>
    internal static double Ceiling { get; } = Math.Pow(1 - (PromotionPlan.DeepestCut / 100.0), Strongest);

    /// <summary>The elasticity of each row of the commodity table; 0 in the twin without effects.</summary>
    internal IReadOnlyList<double> Values => _values;

    internal double Multiplier(int commodity, int depth) => _multipliers[(commodity * (PromotionPlan.DeepestCut + 1)) + depth];

    // Two decimals, so that the truth file states them exactly.
    private static double Draws(ulong seed, int index) => Math.Round(RandomStream.For(seed, Draw.Elasticity, index).NextBetween(Strongest, Weakest), 2);
}
