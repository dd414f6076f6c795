using System.Globalization;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.EndToEnd.Tests.Journeys;

/// <summary>
/// Eight files to upload and the figures they must lead to. The real sample where it is at hand, otherwise the small files of the tests: the way through the stack is
/// the same.
/// </summary>
/// <param name="Folder">Holds the eight files.</param>
/// <param name="Extension">What follows the data set in their names.</param>
internal sealed record Journey(string Folder, string Extension)
{
    public required decimal Sales { get; init; }
    public required int Lines { get; init; }
    public required int Households { get; init; }
    public required decimal SalesOfHouseholdsWithDemographics { get; init; }
    public required int HouseholdDays { get; init; }
    public required int CampaignDays { get; init; }
    public required decimal CampaignSales { get; init; }
    public required int Campaigns { get; init; }

    internal string FileOf(string dataset) => Path.Combine(Folder, dataset + Extension);

    /// <summary>The real sample, or else the small files, written to <paramref name="scratch"/>.</summary>
    internal static async Task<Journey> BestAsync(string scratch) =>
        CompleteJourneySample.Folder is { } folder ? RealSample(folder) : await SmallAsync(Directory.CreateDirectory(Path.Combine(scratch, "files")).FullName);

    /// <summary>The figures that the data set's description states for the sample.</summary>
    private static Journey RealSample(string folder) => new(folder, ".csv.gz")
    {
        Sales = 213_783.05m,
        Lines = 73_553,
        Households = 2_262,
        SalesOfHouseholdsWithDemographics = 121_250.61m,
        HouseholdDays = 44_638,
        CampaignDays = 6_882,
        CampaignSales = 347_360.56m,
        Campaigns = 27,
    };

    /// <summary>By hand from <see cref="SmallJourney"/>: household 1 has 3 lines on 2 days, household 2 has 2 on 2; campaign 1 sells 15.00 on day 200 and 3.25 on day 230.</summary>
    private static async Task<Journey> SmallAsync(string folder)
    {
        foreach (var (dataset, content) in SmallJourney.Files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, dataset + ".csv"), content);
        }

        return new Journey(folder, ".csv")
        {
            Sales = SmallJourney.TotalSales,
            Lines = 5,
            Households = 2,
            SalesOfHouseholdsWithDemographics = 15.75m,
            HouseholdDays = 4,
            CampaignDays = 2,
            CampaignSales = 18.25m,
            Campaigns = 1,
        };
    }

    /// <summary>As pages write money.</summary>
    internal static string Money(decimal value) => value.ToString("$#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>As pages write counts.</summary>
    internal static string Count(int value) => value.ToString("#,##0", CultureInfo.InvariantCulture);

    internal IEnumerable<string> Files => DatasetNames.All.Select(FileOf);
}
