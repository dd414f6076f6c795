using System.Text;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Tests;

public sealed class DefectTests
{
    // All that QUALITY quarantines in a row, and in these words by ingestion.
    private static readonly string[] Reasons =
    [
        "short_row", "long_row", "whitespace_line", "repeated_header", "unfinished_row", "text_after_quote", "stray_quote", "invalid_utf8", "nul_byte",
        "missing_value", "not_a_number", "number_too_large", "out_of_range", "too_many_decimals", "invalid_time", "unknown_code", "text_too_long", "duplicate_key",
    ];

    [Fact]
    public async Task WriteCsv_WithDefects_IsTheCleanFileWithBadRowsAtTheListedLines()
    {
        var clean = await GeneratedJourney.Make(new JourneyOptions { Scale = 0.01 });
        var bad = await GeneratedJourney.Make(new JourneyOptions { Scale = 0.01, DefectRate = 0.002 });
        foreach (var dataset in DatasetNames.All)
        {
            var lines = bad.Lines(dataset);
            var planted = bad.Written(dataset).Defects.Select(defect => (int)defect.Line - 1).ToHashSet();
            var good = lines.Where((_, index) => !planted.Contains(index));

            // The clean file ends with a line end, so with an empty last line; the bad one ends inside its last row.
            good.ShouldBe(clean.Lines(dataset)[..^1], dataset);
            bad.Written(dataset).Rows.ShouldBe(clean.Written(dataset).Rows);
            planted.Max().ShouldBe(lines.Length - 1);
            planted.Count.ShouldBe(bad.Written(dataset).Defects.Count);
            planted.Count.ShouldBeGreaterThanOrEqualTo((int)(clean.Written(dataset).Rows * 0.001));
        }
    }

    [Fact]
    public async Task WriteCsv_WithDefects_HasEveryReasonAndLinesThatShowIt()
    {
        var journey = await GeneratedJourney.Make(new JourneyOptions { Scale = 0.01, DefectRate = 0.002 });
        var defects = DatasetNames.All.SelectMany(dataset => journey.Written(dataset).Defects).ToList();
        defects.Select(defect => defect.Reason).Distinct(StringComparer.Ordinal).ShouldBe(Reasons, ignoreOrder: true);

        foreach (var dataset in DatasetNames.All)
        {
            var lines = journey.Lines(dataset);
            var columns = lines[0].Split(',');
            foreach (var defect in journey.Written(dataset).Defects)
            {
                var line = lines[defect.Line - 1];
                defect.File.ShouldBe(dataset + ".csv");
                Shows(defect.Reason, line, columns, defect.Column).ShouldBeTrue($"{dataset} line {defect.Line}: {defect.Kind}: {line}");
            }
        }
    }

    [Fact]
    public async Task WriteCsv_DuplicateKey_FollowsTheRowWithTheSameKey()
    {
        var journey = await GeneratedJourney.Make(new JourneyOptions { Scale = 0.01, DefectRate = 0.002 }, DatasetNames.Products);
        var lines = journey.Lines(DatasetNames.Products);
        var repeated = journey.Written(DatasetNames.Products).Defects.Where(defect => defect.Reason is "duplicate_key").ToList();
        repeated.ShouldNotBeEmpty();
        foreach (var defect in repeated)
        {
            var fields = lines[defect.Line - 1].Split(',');
            var earlier = lines[..(int)(defect.Line - 1)].Where(line => line.StartsWith(fields[0] + ",", StringComparison.Ordinal)).ToList();
            earlier.ShouldNotBeEmpty();
            string.Equals(earlier[0], lines[defect.Line - 1], StringComparison.Ordinal).ShouldBeFalse();
        }
    }

    private static bool Shows(string reason, string line, string[] columns, string? column)
    {
        var fields = line.Split(',');
        var field = column is null || line.Contains("\"1,000\"", StringComparison.Ordinal) ? "" : fields[Array.IndexOf(columns, column)];
        return reason switch
        {
            "short_row" => fields.Length < columns.Length,
            "long_row" => fields.Length > columns.Length,
            "whitespace_line" => line.Length > 0 && line.Trim().Length == 0,
            "repeated_header" => string.Equals(line, string.Join(',', columns), StringComparison.Ordinal),
            "text_after_quote" => field.StartsWith('"') && field.EndsWith('x'),
            "stray_quote" => !field.StartsWith('"') && field.Contains('"', StringComparison.Ordinal),
            "invalid_utf8" => !System.Text.Unicode.Utf8.IsValid(Encoding.Latin1.GetBytes(line)),
            "nul_byte" => line.Contains('\0', StringComparison.Ordinal),
            "missing_value" => field.Length == 0,
            "not_a_number" => !field.All(char.IsAsciiDigit) || field.Length == 0,
            "number_too_large" => field.Length > 19,
            "text_too_long" => field.Length > 200,
            "too_many_decimals" => field.Split('.')[1].Length > 2,
            "invalid_time" => int.Parse(field) % 100 > 59,
            _ => fields.Length == columns.Length,
        };
    }
}
