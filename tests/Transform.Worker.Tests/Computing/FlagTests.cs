using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

public sealed class FlagTests : IDisposable
{
    private readonly TestLake _lake = new();

    [Fact]
    public async Task Age45Plus_OfEveryText_IsAsStated() => await ShouldBeAsync(
        "age_45_plus",
        text => Rows.Household(0, age: text),
        ("19-24", "False"), ("25-34", "False"), ("35-44", "False"), ("45-54", "True"), ("55-64", "True"), ("65+", "True"), ("", "-"), ("45 - 54", "-"));

    [Fact]
    public async Task Income50kPlus_OfEveryText_IsAsStated() => await ShouldBeAsync(
        "income_50k_plus",
        text => Rows.Household(0, income: text),
        ("Under 15K", "False"), ("15-24K", "False"), ("25-34K", "False"), ("35-49K", "False"), ("50-74K", "True"), ("75-99K", "True"), ("100-124K", "True"),
        ("125-149K", "True"), ("150-174K", "True"), ("175-199K", "True"), ("200-249K", "True"), ("250K+", "True"), ("", "-"), ("Unknown", "-"));

    [Fact]
    public async Task HouseholdFlags_OfCompositionAndSize_AreAsStated() => await ShouldBeAsync(
        "single_couple_family, has_kids, single, couple",
        texts => Rows.Household(0, composition: texts.Split('/')[0], size: texts.Split('/')[1]),
        ("1 Adult Kids/2", "2 True False False"),
        ("2 Adults Kids/5+", "3 True False False"),
        ("2 Adults No Kids/2", "2 False False True"),
        ("2 Adults No Kids/3", "3 True False True"),
        ("Single Female/1", "1 False True False"),
        ("Single Male/2", "2 False True False"),
        ("Single Male/4", "3 True True False"),
        ("Unknown/1", "1 - True -"), // a size of one makes a single; whether it has kids the composition does not say
        ("Unknown/2", "2 - - -"), // a couple, or one adult with a child
        ("Unknown/3", "3 True - -"),
        ("Single Female/", "- - True False"), // single for sure; without a size nobody knows of a third person
        ("1 Adult Kids/", "- True - False"),
        ("/", "- - - -"));

    [Fact]
    public async Task Flags_OfHouseholdWithoutDemographics_AreNull()
    {
        AddHouseholds([Rows.Household(2, "65+", "250K+", "Single Male", "1")], households: 1);
        using var computed = await Computed.FromAsync(_lake);

        computed.Row("select household_key, age_45_plus, income_50k_plus, single, has_demographics from household_summary").ShouldBe("1 - - - False");
    }

    [Fact]
    public async Task Notices_OfUnknownTexts_CountThemByColumn()
    {
        AddHouseholds(
            [
                Rows.Household(1, "65+", "250K+", "Unknown", "1"), Rows.Household(2, "", "250K+", "Unknown", "?"), Rows.Household(3, "65+", "250K+", "Single Male", "1"),
            ],
            households: 4);
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select code, count from notices where code like '%demographics%' order by ordinal").ShouldBe(
        [
            "households_without_demographics 1",
            "demographics_unknown_age 1",
            "demographics_unknown_income 0",
            "demographics_unknown_size 1",
            "demographics_unknown_composition 2",
        ]);
    }

    /// <summary>One household per case, all computed at once.</summary>
    private async Task ShouldBeAsync(string columns, Func<string, string> household, params (string Text, string Expected)[] cases)
    {
        // The key is the row's last field.
        AddHouseholds([.. cases.Select((item, index) => $"{household(item.Text)[..^1]}{index + 1}")], cases.Length);
        using var computed = await Computed.FromAsync(_lake);

        var flags = computed.Rows($"select {columns} from household_summary order by household_key");

        flags.Select((row, index) => $"{cases[index].Text}: {row}").ShouldBe(cases.Select(item => $"{item.Text}: {item.Expected}"));
    }

    private void AddHouseholds(IReadOnlyList<string> demographics, int households)
    {
        _lake.Add(DatasetNames.Demographics, demographics);
        _lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"));
        _lake.Add(DatasetNames.Transactions, Enumerable.Range(1, households).SelectMany(key => new[]
        {
            Rows.Line(key, key * 10, 101, 1, "1.00"),
            Rows.Line(key, (key * 10) + 1, 102, 1, "1.00"),
        }));
    }

    public void Dispose() => _lake.Dispose();
}
