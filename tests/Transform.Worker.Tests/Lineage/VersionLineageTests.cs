using System.Text.RegularExpressions;
using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Lineage;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Tests.Lineage;

public sealed class VersionLineageTests
{
    private static readonly ModelCatalog Models = ModelCatalog.Embedded();
    private static readonly IReadOnlyList<LineageTable> Tables = new VersionLineage(Models).Tables;

    [Fact]
    public void Tables_OfAllModels_AreExactAndNameColumnsThatThereAre()
    {
        foreach (var table in Tables)
        {
            foreach (var column in table.Columns)
            {
                column.IsExact.ShouldBeTrue($"{table.Name}.{column.Name}");
            }

            foreach (var source in table.Columns.SelectMany(column => column.From).Concat(table.Deciders))
            {
                table.Inputs.Contains(source.Table, StringComparer.Ordinal).ShouldBeTrue($"{table.Name} takes {source.Column} from {source.Table}.");
                if (source.Column is { } name)
                {
                    Tables.Single(input => string.Equals(input.Name, source.Table, StringComparison.Ordinal)).Columns.ShouldContain(
                        column => string.Equals(column.Name, name, StringComparison.Ordinal), $"{table.Name} takes {name} from {source.Table}.");
                }
            }
        }
    }

    [Fact]
    public void Tables_Published_LeadWithEachColumnToADataSetOrAreConstant()
    {
        string[] constants = [.. from table in Tables
                                 where table.Kind is LineageKinds.Table
                                 from column in table.Columns
                                 where !Roots(table.Name, column.Name).Any(root => LakeTables.Find(root.Table) is not null)
                                 select $"{table.Name}.{column.Name}"];

        // The list of references stands in the query itself, and so do bins, levels and the map of sections.
        constants.ShouldBe(
            [
                "orphans.reference", "orphans.dataset", "orphans.column_names", "orphans.target",
                "sales_daily.section", "sales_weekly.section",
                "basket_profile.measure", "basket_profile.kind", "basket_profile.position", "basket_profile.below_value",
                "product_summary.section",
                "basket_affinity.level",
                "search_entries.kind", "search_words.kind",
            ],
            ignoreOrder: true);
    }

    /// <summary>Followed by hand through household_summary, household_scores, cleaned_lines, screened_lines to the file.</summary>
    [Theory]
    [InlineData("household_summary", "total_sales", "transaction_data.sales_value")]
    [InlineData("household_summary", "first_day", "transaction_data.day")]
    [InlineData("household_summary", "r_score", "settings.recency_days, transaction_data.day")]
    [InlineData("household_summary", "baskets", "transaction_data.basket_id")]
    [InlineData("household_summary", "age_45_plus", "hh_demographic.age_desc")]
    [InlineData("household_summary", "couple", "hh_demographic.hh_comp_desc")]
    [InlineData("household_summary", "single_couple_family", "hh_demographic.household_size_desc")]
    [InlineData("household_summary", "has_demographics", "hh_demographic.household_key")]
    [InlineData("daily_sales", "households", "transaction_data.household_key")]
    [InlineData("daily_campaign_sales", "campaign", "coupon.campaign")]
    [InlineData("daily_campaign_sales", "sales_value", "transaction_data.sales_value")]
    [InlineData("campaign_summary", "duration", "campaign_desc.end_day, campaign_desc.start_day")]
    [InlineData("campaign_summary", "description", "campaign_desc.description")]
    [InlineData("orphans", "target", "")]
    public void Tables_OfAColumn_LeadToTheColumnsOfTheFiles(string table, string column, string roots) =>
        string.Join(", ", Roots(table, column).Where(root => root.Column is not null).Select(root => $"{root.Table}.{root.Column}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)).ShouldBe(roots);

    /// <summary>A campaign's sales also depend on which days it runs: the filters of the sums. Its days on the bounds of the data.</summary>
    [Fact]
    public void Tables_OfASumWithAFilter_HaveTheFilterToo() =>
        Roots("campaign_summary", "sales_before").Select(root => $"{root.Table}.{root.Column}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(["campaign_desc.start_day", "transaction_data.day", "transaction_data.sales_value"]);

    [Fact]
    public void Tables_OfACount_LeadToTheRowsOfTheFile() =>
        Roots("daily_sales", "lines").ShouldBe([("transaction_data", null), ("product", null), ("section_map", null)], ignoreOrder: true);

    [Fact]
    public void Tables_InTheirOrder_StandBehindTheirInputs()
    {
        HashSet<string> before = new(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            table.Inputs.Where(input => !before.Contains(input)).ShouldBeEmpty(table.Name);
            before.Add(table.Name);
        }
    }

    [Fact]
    public void Tables_OfAModel_SayWhatIsDemandedOfIt()
    {
        var summary = Tables.Single(table => table.Name is "household_summary");

        summary.Kind.ShouldBe(LineageKinds.Table);
        summary.Tests.Select(test => test.Name).ShouldBe(["household_summary_key", "household_summary_sections", "household_summary_total", "household_summary_scores", "household_summary_rows"]);
        summary.Tests.Select(test => test.Severity).ShouldBe(["error", "error", "error", "error", "warn"]);
        summary.Tests.ShouldAllBe(test => test.Demands.EndsWith('.'));
        summary.Columns.Single(column => column.Name is "total_sales").Unit.ShouldBe("dollars");
        Tables.Single(table => table.Name is "cleaned_lines").Kind.ShouldBe(LineageKinds.Model);
    }

    /// <summary>The other way to find the data sets behind a table: by the words <c>from</c> and <c>join</c> of the queries.</summary>
    [Fact]
    public void Tables_Published_LeadToNoDataSetThatTheirQueriesDoNotRead()
    {
        foreach (var table in Tables.Where(table => table.Kind is LineageKinds.Table))
        {
            HashSet<string> read = new(StringComparer.Ordinal);
            Read(table.Name, read);
            foreach (var root in table.Columns.SelectMany(column => Roots(table.Name, column.Name)).Where(root => LakeTables.Find(root.Table) is not null))
            {
                read.Contains(root.Table).ShouldBeTrue($"{table.Name} does not read {root.Table}.");
            }
        }

        void Read(string name, HashSet<string> read)
        {
            foreach (Match match in Regex.Matches(Models.Model(name).Query, @"\b(from|join) \(?(?<table>[a-z_]+?)(_lines)?\b(?! \()", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            {
                foreach (var table in new[] { match.Groups["table"].Value, $"{match.Groups["table"].Value}_lines" })
                {
                    if (LakeTables.Find(table) is not null)
                    {
                        read.Add(table);
                    }
                    else if (Models.Models.Any(model => string.Equals(model.Name, table, StringComparison.Ordinal)) && read.Add(table))
                    {
                        Read(table, read);
                    }
                }
            }
        }
    }

    /// <summary>What a column is made of in the end: columns, or rows, of tables that are made of nothing else. A constant has none.</summary>
    private static HashSet<(string Table, string? Column)> Roots(string table, string? column)
    {
        HashSet<(string Table, string? Column)> roots = [];
        HashSet<(string Table, string? Column)> seen = [];
        Follow(table, column);
        return roots;

        void Follow(string name, string? of)
        {
            if (!seen.Add((name, of)))
            {
                return;
            }

            var made = Tables.Single(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
            if (made.Inputs.Count == 0)
            {
                roots.Add((name, of));
                return;
            }

            if (of is null)
            {
                foreach (var input in made.Inputs.Where(input => input is not ExpressionLineage.Settings))
                {
                    Follow(input, of: null);
                }

                return;
            }

            foreach (var source in made.Columns.Single(candidate => string.Equals(candidate.Name, of, StringComparison.Ordinal)).From)
            {
                Follow(source.Table, source.Column);
            }
        }
    }
}
