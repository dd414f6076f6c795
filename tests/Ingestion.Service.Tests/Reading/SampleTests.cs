using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.Ingestion.Service.Tests.Reading;

/// <summary>The eight real files. Counts are those of the sample's README; contents are compared with DuckDB's own reading of the CSV.</summary>
public sealed class SampleTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    public static TheoryData<string, long, long> Counts => new()
    {
        { "transaction_data", 75_000, 75_000 },
        { "product", 92_331, 92_331 },
        { "hh_demographic", 801, 801 },
        { "campaign_desc", 27, 27 },
        { "campaign_table", 6_589, 6_589 },
        { "coupon", 116_204, 111_332 },
        { "coupon_redempt", 2_102, 2_102 },
        { "causal_data", 360_535, 360_535 },
    };

    [Theory(Skip = CompleteJourneySample.Missing, SkipType = typeof(CompleteJourneySample), SkipUnless = nameof(CompleteJourneySample.Exists))]
    [MemberData(nameof(Counts))]
    public async Task Upload_RealFile_IsLoadedToTheLastRowAndCent(string dataset, long read, long loaded)
    {
        var path = CompleteJourneySample.FileOf(dataset);
        using var response = await host.UploadAsync(dataset, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        var load = await response.LoadAsync();

        (load.Read, load.Loaded, load.Quarantined, load.Deduplicated, load.BlankLines).ShouldBe((read, loaded, 0, read - loaded, 0));
        load.SalesValue.ShouldBe(string.Equals(dataset, "transaction_data", StringComparison.Ordinal) ? 233_935.24m : null);
        (await DifferencesAsync(dataset, path, Parquet.FilesOf(host, load))).ShouldBe(["0 missing, 0 extra"]);
    }

    /// <summary>Both sides as text with amounts to two places and blank text null; the sets of rows with their counts must be equal.</summary>
    private static async Task<List<string>> DifferencesAsync(string dataset, string csv, string parquet)
    {
        var table = Lake.Tables.LakeTables.Find(dataset) ?? throw new InvalidOperationException(dataset);
        string Select(Func<string, string> name, Func<Lake.Tables.LakeColumn, string, string> value) => string.Join(", ", table.Columns.Select(column => $"{value(column, name(column.Header))} as {column.Name}"));
        var expected = Select(
            header => $"\"{header}\"",
            (column, source) => column.Kind == Lake.Tables.ColumnKind.Money ? $"cast(cast({source} as decimal(18,2)) as varchar)" : column.Kind == Lake.Tables.ColumnKind.Text ? $"nullif(case when trim({source}) = '' then '' else {source} end, '')" : source);
        var actual = Select(header => header.ToLowerInvariant(), (_, source) => $"cast({source} as varchar)");
        var count = table.Unit == Lake.Tables.ReplacementUnit.Group ? ", count(*)" : "";
        var names = string.Join(", ", table.Columns.Select(column => column.Name));
        return await Parquet.QueryAsync(
            $"""
            with expected as (select {names}{count} from (select {expected} from read_csv('{csv}', header=true, all_varchar=true)) group by {names}),
                 actual as (select {names}{count} from (select {actual} from read_parquet('{parquet}')) group by {names})
            select (select count(*) from (from expected except from actual)) || ' missing, ' || (select count(*) from (from actual except from expected)) || ' extra'
            """);
    }
}
