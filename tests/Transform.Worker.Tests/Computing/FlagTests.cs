using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

public sealed class FlagTests : IDisposable
{
    private readonly TestLake _lake = new();

    [Theory]
    [InlineData("19-24", "False")]
    [InlineData("25-34", "False")]
    [InlineData("35-44", "False")]
    [InlineData("45-54", "True")]
    [InlineData("55-64", "True")]
    [InlineData("65+", "True")]
    [InlineData("", "-")]
    [InlineData("45 - 54", "-")]
    public async Task Age45Plus_OfText_IsAsStated(string text, string expected) =>
        (await FlagsAsync(Rows.Household(1, age: text), "age_45_plus")).ShouldBe(expected);

    [Theory]
    [InlineData("Under 15K", "False")]
    [InlineData("35-49K", "False")]
    [InlineData("50-74K", "True")]
    [InlineData("100-124K", "True")]
    [InlineData("250K+", "True")]
    [InlineData("Unknown", "-")]
    public async Task Income50kPlus_OfText_IsAsStated(string text, string expected) =>
        (await FlagsAsync(Rows.Household(1, income: text), "income_50k_plus")).ShouldBe(expected);

    // Columns: single_couple_family, has_kids, single, couple.
    [Theory]
    [InlineData("1 Adult Kids", "2", "2 True False False")]
    [InlineData("2 Adults Kids", "5+", "3 True False False")]
    [InlineData("2 Adults No Kids", "2", "2 False False True")]
    [InlineData("2 Adults No Kids", "3", "3 True False True")]
    [InlineData("Single Female", "1", "1 False True False")]
    [InlineData("Single Male", "2", "2 False True False")]
    [InlineData("Single Male", "4", "3 True True False")]
    [InlineData("Unknown", "1", "1 - True -")] // a size of one makes a single; whether it has kids the composition does not say
    [InlineData("Unknown", "2", "2 - - -")] // a couple, or one adult with a child
    [InlineData("Unknown", "3", "3 True - -")]
    [InlineData("Single Female", "", "- - True False")] // single for sure; without a size nobody knows of a third person
    [InlineData("1 Adult Kids", "", "- True - False")]
    [InlineData("", "", "- - - -")]
    public async Task HouseholdFlags_OfCompositionAndSize_AreAsStated(string composition, string size, string expected) =>
        (await FlagsAsync(Rows.Household(1, composition: composition, size: size), "single_couple_family, has_kids, single, couple")).ShouldBe(expected);

    [Fact]
    public async Task Flags_OfHouseholdWithoutDemographics_AreNull()
    {
        (await FlagsAsync(Rows.Household(2, "65+", "250K+", "Single Male", "1"), "age_45_plus, income_50k_plus, has_demographics")).ShouldBe("- - False");
    }

    [Fact]
    public async Task Notices_OfUnknownTexts_CountThemByColumn()
    {
        _lake.Add(
            DatasetNames.Demographics,
            Rows.Household(1, "65+", "250K+", "Unknown", "1"), Rows.Household(2, "", "250K+", "Unknown", "?"), Rows.Household(3, "65+", "250K+", "Single Male", "1"));
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select code, count from notices where code like 'demographics%' order by ordinal").ShouldBe(
            ["demographics_unknown_age 1", "demographics_unknown_income 0", "demographics_unknown_size 1", "demographics_unknown_composition 2"]);
    }

    private async Task<string> FlagsAsync(string household, string columns)
    {
        _lake.Add(DatasetNames.Demographics, household);
        _lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"));
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "1.00"));
        using var computed = await Computed.FromAsync(_lake);
        return computed.Row($"select {columns} from household_summary");
    }

    public void Dispose() => _lake.Dispose();
}
