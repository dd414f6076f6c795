namespace Dunnhumby.SampleData.Promotions;

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
