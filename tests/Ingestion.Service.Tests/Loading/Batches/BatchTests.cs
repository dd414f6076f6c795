using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Samples;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Loading.Batches;

/// <summary>Zip archives: all eight at once, one alone, and those that are refused.</summary>
public sealed class BatchTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    [Fact]
    public async Task Upload_AllEightInFoldersOfAnyCase_IsOneBatch()
    {
        (string, byte[])[] files =
        [
            .. SmallJourney.Files.Select((file, index) => index % 2 == 0
                ? ($"Complete Journey/{file.Key.ToUpperInvariant()}.CSV", Encoding.UTF8.GetBytes(file.Value))
                : ($"deep/er/{file.Key}.csv.gz", Compressed.Gzip(file.Value))),
            ("README.txt", "Thank you for the data."u8.ToArray()),
            ("__MACOSX/._product.csv", "leftover"u8.ToArray()),
            ("deep/.DS_Store", "leftover"u8.ToArray()),
        ];
        using var response = await PostAsync("/loads", Zip.Of(files));
        var batch = await BatchAsync(response, HttpStatusCode.Created);

        response.Headers.Location?.ToString().ShouldBe($"/batches/{batch.Id}");
        batch.State.ShouldBe(BatchStates.Completed);
        batch.Files.Select(file => file.Dataset).ShouldBe([.. Contracts.Datasets.DatasetNames.All, null]);
        batch.Files.Take(8).ShouldAllBe(file => file.Outcome == UploadOutcomes.Created && file.Load != null && file.Load.BatchId == batch.Id && file.Load.AddsUp);
        (batch.Files[8].Path, batch.Files[8].Outcome).ShouldBe(("README.txt", UploadOutcomes.Ignored));

        // 2.50 + 10 + 3.25 + 5 + 1.25 + 0 + 7 of the seven lines.
        batch.Files[0].Load.ShouldNotBeNull().Sales.ShouldBe(new SalesReconciliation(29.00m, 29.00m, 0m, 0m, 0m, 0));
        (await GetAsync(batch.Id)).Files.Select(file => (file.Path, file.Outcome, file.Load?.Id)).ShouldBe(batch.Files.Select(file => (file.Path, file.Outcome, file.Load?.Id)));

        using var again = await PostAsync("/loads", Zip.Of(files));
        var known = await BatchAsync(again, HttpStatusCode.OK);
        known.Files.Take(8).Select(file => (file.Outcome, file.Load?.Id)).ShouldBe(batch.Files.Take(8).Select(file => ((string?)UploadOutcomes.Known, file.Load?.Id)));
        Directory.GetFiles(Path.Combine(host.Lake, "_staging")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_Batch_IsSeenWholeOrNotAtAll()
    {
        await using var holding = host.Catalog();
        await using var lockHeld = await holding.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await holding.Database.ExecuteSqlAsync($"lock table catalog.batch_files in exclusive mode", TestContext.Current.CancellationToken);
        var product = Csv.Product();
        var uploading = PostAsync("/loads", Zip.Of(("product.csv", Csv.File(Csv.ProductHeader, product)), ("campaign_desc.csv", Csv.File(Csv.CampaignHeader, Csv.Campaign()))));

        // The batch's files are its last rows: when they wait for the lock, both loads and their messages are written and not committed.
        await using var looking = host.Catalog();
        await Eventually.TrueAsync(async () => await looking.Database
            .SqlQuery<int>($"select count(*)::int as \"Value\" from pg_locks where relation = 'catalog.batch_files'::regclass and not granted and database = (select oid from pg_database where datname = current_database())")
            .SingleAsync(TestContext.Current.CancellationToken) == 1);
        var (loads, messages) = (await looking.Loads.CountAsync(TestContext.Current.CancellationToken), await looking.Outbox.CountAsync(TestContext.Current.CancellationToken));
        await lockHeld.RollbackAsync(TestContext.Current.CancellationToken);
        using var response = await uploading;
        var batch = await BatchAsync(response, HttpStatusCode.Created);

        var ids = batch.Files.Select(file => file.Load?.Id ?? 0).ToList();
        (await looking.Loads.CountAsync(load => ids.Contains(load.Id), TestContext.Current.CancellationToken)).ShouldBe(2);
        (await looking.Loads.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(loads + 2);
        (await looking.Outbox.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(messages + 2);
    }

    [Fact]
    public async Task Upload_SomeFilesFaulty_LoadsTheOthersAndSaysSoUnmistakably()
    {
        var zip = Zip.Of(
            ("product.csv", Csv.File(Csv.ProductHeader, Csv.Product())),
            ("campaign_desc.csv", Csv.File("DESCRIPTION,CAMPAIGN,START_DAY", "TypeA,1,2")),
            ("transaction_data.csv", Csv.File([Csv.TransactionHeader, .. Enumerable.Range(0, 20).Select(_ => Csv.Transaction("DAY", "0"))])),
            ("stores.csv", "STORE_ID\n1\n"));
        using var response = await PostAsync("/loads", zip);

        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "batch-partial");
        var batch = await GetAsync(problem.GetProperty("batchId").GetInt64());
        batch.State.ShouldBe(BatchStates.Partial);
        batch.Files.Select(file => (file.Path, file.Outcome)).ShouldBe(
        [
            ("transaction_data.csv", UploadOutcomes.OverBudget),
            ("product.csv", UploadOutcomes.Created),
            ("campaign_desc.csv", UploadOutcomes.Refused),
            ("stores.csv", UploadOutcomes.Refused),
        ]);
        Type(batch.Files[0]).ShouldBe("urn:dunnhumby:problem:over-error-budget");
        Type(batch.Files[2]).ShouldBe("urn:dunnhumby:problem:missing-column");
        Type(batch.Files[3]).ShouldBe("urn:dunnhumby:problem:unknown-dataset");
        (await host.QuarantineAsync(batch.Files[0].Load?.Id ?? 0)).Items.Count.ShouldBe(20);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("1 of 4");
    }

    public static TheoryData<string, int, byte[]> Refused => new()
    {
        { "unsafe-path", 422, Zip.Of(("../product.csv", "x")) },
        { "unsafe-path", 422, Zip.Of(("/product.csv", "x")) },
        { "unsafe-path", 422, Zip.Of(("C:\\data\\product.csv", "x")) },
        { "unsafe-path", 422, Zip.Of(("data\\..\\..\\product.csv", "x")) },
        { "link-in-archive", 422, Zip.WithLink("product.csv") },
        { "encrypted-archive", 422, Zip.Encrypted("product.csv", "x") },
        { "duplicate-dataset", 422, Zip.Of(("a/product.csv", "x"), ("b/PRODUCT.csv.gz", "y")) },
        { "no-dataset", 422, Zip.Of(("readme.txt", "x")) },
        { "no-dataset", 422, Zip.Of(Array.Empty<(string, string)>()) },
        { "decompression-bomb", 413, Zip.Of(("product.csv", new byte[90_000_000])) },
        { "too-many-files", 422, Zip.Of([.. Enumerable.Range(0, 13_000).Select(index => ($"a-name-that-is-not-very-short/{index:D12}.txt", ""))]) },
        { "damaged-content", 422, Zip.Of(("product.csv", Csv.File(Csv.ProductHeader, Csv.Product())))[..^30] },
        { "not-an-archive", 415, Encoding.UTF8.GetBytes(Csv.ProductHeader) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Upload_ArchiveThatMustNotBeTaken_IsRefusedWhole(string code, int status, byte[] zip)
    {
        using var response = await PostAsync("/loads", zip);

        await response.ProblemAsync((HttpStatusCode)status, code);
        Directory.GetFiles(Path.Combine(host.Lake, "_staging")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_FileWithWrongChecksum_IsRefusedWithinItsBatch()
    {
        // One that is read to its end by the first look at it, too.
        foreach (var content in (string[])[Csv.File(Csv.ProductHeader, Csv.Product()), "x\n"])
        {
            using var response = await PostAsync("/loads", Zip.WithWrongChecksum("product.csv", content));

            var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "batch-failed");
            Type((await GetAsync(problem.GetProperty("batchId").GetInt64())).Files.ShouldHaveSingleItem()).ShouldBe("urn:dunnhumby:problem:damaged-content");
            using var single = await PostAsync("/loads/product", Zip.WithWrongChecksum("product.csv", content));
            await single.ProblemAsync(HttpStatusCode.UnprocessableEntity, "damaged-content");
        }
    }

    [Fact]
    public async Task Upload_OneFileInAnArchive_IsTheSameLoadAsTheFileWhateverItsName()
    {
        var csv = Csv.File(Csv.ProductHeader, Csv.Product());
        var load = await host.LoadAsync("product", csv);

        foreach (var zip in (byte[][])
            [
                Zip.Of(("any name.csv", csv), ("LICENSE", "free")),
                Zip.Of(("x/product.csv.gz", Compressed.Gzip(csv))),
                Zip.Zip64("product.csv", Encoding.UTF8.GetBytes(csv)),
            ])
        {
            using var response = await host.UploadAsync("product", zip);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            (await response.LoadAsync()).ShouldBe(load);
        }
    }

    [Fact]
    public async Task Upload_SeveralOrNestedFilesWhereOneIsExpected_IsRefused()
    {
        var csv = Csv.File(Csv.ProductHeader, Csv.Product());
        using var several = await host.UploadAsync("product", Zip.Of(("product.csv", csv), ("coupon.csv", csv)));
        using var nested = await host.UploadAsync("product", Zip.Of(("product.zip", Zip.Of(("product.csv", csv)))));

        await several.ProblemAsync(HttpStatusCode.UnprocessableEntity, "several-files");
        await nested.ProblemAsync(HttpStatusCode.UnprocessableEntity, "nested-archive");
    }

    [Fact]
    public async Task Upload_DryRunOfABatch_ReportsAndLoadsNothing()
    {
        var zip = Zip.Of(("product.csv", Csv.File(Csv.ProductHeader, Csv.Product())), ("campaign_desc.csv", Csv.File(Csv.CampaignHeader, Csv.Campaign())));
        await using var catalog = host.Catalog();
        var before = await catalog.Loads.CountAsync(TestContext.Current.CancellationToken);
        using var response = await PostAsync("/loads?dryRun=true", zip);
        var batch = await BatchAsync(response, HttpStatusCode.OK);

        batch.Files.ShouldAllBe(file => file.Outcome == UploadOutcomes.Created && file.Check != null && file.Check.Load.Loaded == 1 && file.Load == null);
        (await catalog.Loads.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task Upload_DeclaredHash_IsThatOfTheArchiveOrOfItsFile()
    {
        var csv = Csv.File(Csv.ProductHeader, Csv.Product());
        var zip = Zip.Of(("product.csv", csv));
        using var wrong = await PostAsync("/loads", zip, ("Content-Digest", "other"u8.ToArray()));
        using var archive = await PostAsync("/loads", zip, ("Content-Digest", zip));
        using var file = await PostAsync("/loads/product", zip, ("Repr-Digest", Encoding.UTF8.GetBytes(csv)));
        using var gzip = await PostAsync("/loads/product", Compressed.Gzip(csv), ("Repr-Digest", Encoding.UTF8.GetBytes(csv)));
        using var gzipWrong = await PostAsync("/loads/product", Compressed.Gzip(csv), ("Content-Digest", Encoding.UTF8.GetBytes(csv)));

        await wrong.ProblemAsync(HttpStatusCode.UnprocessableEntity, "digest-mismatch");
        archive.StatusCode.ShouldBe(HttpStatusCode.Created);
        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        gzip.StatusCode.ShouldBe(HttpStatusCode.OK);
        await gzipWrong.ProblemAsync(HttpStatusCode.UnprocessableEntity, "digest-mismatch");
    }

    private static string? Type(BatchFile file) => file.Problem?.GetProperty("type").GetString();

    private async Task<HttpResponseMessage> PostAsync(string address, byte[] body, (string Header, byte[] Of)? digest = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        if (digest is { } declared)
        {
            content.Headers.TryAddWithoutValidation(declared.Header, $"sha-256=:{Convert.ToBase64String(SHA256.HashData(declared.Of))}:");
        }

        using var client = host.Client();
        return await client.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    private static async Task<Batch> BatchAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await response.Content.ReadFromJsonAsync<Batch>(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("No batch came.");
    }

    private async Task<Batch> GetAsync(long id)
    {
        using var client = host.Client();
        return await client.GetFromJsonAsync<Batch>($"/batches/{id}", TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("No batch came.");
    }
}
