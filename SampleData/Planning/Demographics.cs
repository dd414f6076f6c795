using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>A row of hh_demographic; frequencies as in the survey of the original.</summary>
internal sealed record Demographics(string Age, string Marital, string Income, string Homeowner, string Composition, string Size, string Kids, int Key)
{
    private const double SurveyedShare = 0.3204;

    private static readonly string[] Ages = ["19-24", "25-34", "35-44", "45-54", "55-64", "65+"];
    private static readonly string[] Incomes =
        ["Under 15K", "15-24K", "25-34K", "35-49K", "50-74K", "75-99K", "100-124K", "125-149K", "150-174K", "175-199K", "200-249K", "250K+"];

    private static readonly string[] Homes = ["Homeowner", "Renter", "Unknown", "Probable Owner", "Probable Renter"];

    // Compositions with their adults and whether children live there.
    private static readonly (string Name, int Adults, bool Kids, double Weight)[] Compositions =
    [
        ("2 Adults No Kids", 2, false, 255), ("2 Adults Kids", 2, true, 187), ("Single Female", 1, false, 144), ("Single Male", 1, false, 95),
        ("Unknown", 1, false, 73), ("1 Adult Kids", 1, true, 47),
    ];

    /// <summary>The surveyed households by key: heavy buyers answer more often.</summary>
    internal static IEnumerable<Demographics> Survey(ulong seed, IReadOnlyList<Household> households) => households
        .OrderBy(household => Distributions.Wait(RandomStream.Hash(seed, Draw.DemographicsPick, household.Key)) / Math.Pow(household.Weight, 0.8))
        .ThenBy(household => household.Key)
        .Take((int)Math.Round(households.Count * SurveyedShare))
        .OrderBy(household => household.Key)
        .Select(household => Make(seed, household.Key));

    private static Demographics Make(ulong seed, int key)
    {
        var stream = RandomStream.For(seed, Draw.Demographics, key);
        var age = Ages[stream.NextWeighted([46, 142, 194, 288, 59, 72])];
        var income = stream.NextWeighted([61, 74, 77, 172, 192, 96, 34, 38, 30, 11, 5, 11]);
        var home = Homes[stream.NextWeighted(income >= 4 ? [330, 12, 75, 4, 3] : [174, 30, 158, 7, 8])];
        var composition = Compositions[stream.NextWeighted([.. Compositions.Select(one => one.Weight)])];
        var kids = composition.Kids ? 1 + stream.NextWeighted([114, 60, 69]) : 0;
        var isMarried = stream.NextChance(composition.Adults == 2 ? 0.72 : 0.06);
        var marital = isMarried ? "A" : stream.NextChance(0.3) ? "B" : "U";
        var size = composition.Adults + kids;
        return new Demographics(
            age,
            marital,
            Incomes[income],
            home,
            composition.Name,
            size >= 5 ? "5+" : $"{size}",
            kids switch { 0 => "None/Unknown", 3 => "3+", _ => $"{kids}" },
            key);
    }
}
