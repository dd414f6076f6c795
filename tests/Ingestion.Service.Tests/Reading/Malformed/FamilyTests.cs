using System.Net;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.Lake.Tables;
using Dunnhumby.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>Families of malformed files over HTTP: each is loaded as the book says or refused with a reason; never a 500, a hang, a wrong row or a load that does not reconcile.</summary>
public sealed class FamilyTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Upload_MalformedFilesOfAllFamilies_AreWhatTheBookSays()
    {
        foreach (var (name, file) in Families.All())
        {
            var expected = ReferenceReader.Read(LakeTables.Products, file);
            using var response = await host.UploadAsync("product", file, "?maxQuarantined=100%25").WaitAsync(Limit, TestContext.Current.CancellationToken);
            if (expected.IsRefused)
            {
                var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity);
                problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty(name);
                continue;
            }

            var load = await response.LoadAsync();
            (load.Read, load.Loaded, load.Quarantined, load.Deduplicated, load.BlankLines).ShouldBe((expected.Read, expected.Rows.Count, expected.Quarantined.Count, expected.Deduplicated, expected.BlankLines), name);
            (await RowsAsync(load)).Order(StringComparer.Ordinal).ShouldBe(expected.Rows.Order(StringComparer.Ordinal), name);
            (await host.QuarantineAsync(load.Id)).Items.Select(row => (row.Line, row.ByteOffset)).ShouldBe(expected.Quarantined.Order(), name);
        }

        await using var catalog = host.Catalog();
        var listed = await catalog.Files.Select(file => file.Path).ToListAsync(TestContext.Current.CancellationToken);
        host.Files().Select(path => Path.GetRelativePath(host.Lake, path)).ShouldBe(listed, ignoreOrder: true);
    }

    [Fact]
    public async Task Upload_CompressedFileCutAnywhere_IsRefused()
    {
        var whole = Compressed.Gzip(Csv.File(Csv.CampaignHeader, Csv.Campaign(), Csv.Campaign()));
        for (var length = 0; length < whole.Length; length += 3)
        {
            using var response = await host.UploadAsync("campaign_desc", whole[..length]);
            await response.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Fact]
    public async Task Upload_TwoGzipMembers_AreOneFile()
    {
        using var members = await host.UploadAsync("campaign_desc", [.. Compressed.Gzip(Csv.File(Csv.CampaignHeader, Csv.Campaign())), .. Compressed.Gzip(Csv.Campaign() + "\n")]);

        (await members.LoadAsync()).Loaded.ShouldBe(2);
    }

    [Fact]
    public async Task Upload_RowsBehindAGzipMember_AreNotLostInSilence()
    {
        foreach (var rows in (int[])[1, 3_000])
        {
            var behind = string.Join('\n', Enumerable.Range(0, rows).Select(_ => Csv.Campaign())) + "\n";
            using var response = await host.UploadAsync("campaign_desc", [.. Compressed.Gzip(Csv.File(Csv.CampaignHeader, Csv.Campaign())), .. System.Text.Encoding.UTF8.GetBytes(behind)]);

            await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "damaged-content");
        }
    }

    private async Task<List<string>> RowsAsync(Load load) =>
        load.Loaded == 0 ? [] : await Parquet.RowsAsync(host, load, string.Join(',', LakeTables.Products.Columns.Select(column => column.Name)));
}
