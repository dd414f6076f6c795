using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

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

/// <summary>The display and mailer codes, how often they occur and how strongly they act.</summary>
internal static class Advertising
{
    /// <summary>Position 0 of both lists is the code <c>0</c>: none.</summary>
    internal const int None = 0;

    internal static readonly byte[] DisplayCodes = [.. "012345679A"u8];
    internal static readonly byte[] MailerCodes = [.. "0ACDFHJLPXZ"u8];

    /// <summary>What a display multiplies a product's sales with.</summary>
    internal static readonly double[] DisplayEffects = [1, 1.8, 1.3, 1.9, 1.6, 1.5, 1.45, 1.35, 1.25, 1.15];

    /// <summary>What a mailer multiplies a product's sales with.</summary>
    internal static readonly double[] MailerEffects = [1, 1.2, 1.1, 1.6, 1.4, 1.5, 1.25, 1.3, 1.2, 1.35, 1.45];

    /// <summary>Frequencies of displays other than none, in the order of the codes.</summary>
    internal static ReadOnlySpan<double> DisplayWeights => [0, 4266, 16396, 14902, 6615, 34216, 15207, 9689, 51368, 2342];

    /// <summary>Frequencies of mailers other than none, in the order of the codes.</summary>
    internal static ReadOnlySpan<double> MailerWeights => [0, 157517, 2749, 45031, 9917, 15037, 3774, 3134, 40, 1890, 159];

    internal static double StrongestDisplay { get; } = DisplayEffects.Max();

    internal static double StrongestMailer { get; } = MailerEffects.Max();
}
