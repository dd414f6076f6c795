using System.Text;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport.Fuzzing;
using Dunnhumby.TestSupport.Samples;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

/// <summary>Odd requests to every documented operation, in a service of their own: some of them load and withdraw files.</summary>
public sealed class FuzzTests(PostgresFixture postgres, RabbitMqFixture broker)
{
    private const int Requests = 9_000;

    /// <summary>Made before the requests, which name them; many are withdrawn or removed by one.</summary>
    private const int Loads = 150;
    private const int ResumableUploads = 300;

    private static readonly byte[] Products = Encoding.UTF8.GetBytes(SmallJourney.Files[DatasetNames.Products]);

    private static readonly byte[] Archive = Zip.Of([.. SmallJourney.Files.Select(file => ($"{file.Key}.csv", file.Value))]);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_OddRequests_AreAnsweredInTimeAndExplained()
    {
        await using var host = new IngestionHost(postgres, broker)
        {
            Settings =
            {
                ["ApiKeys:Read"] = IngestionHost.IngestKey,
                ["Ingestion:RequestsPerSecond"] = "100000",
                ["Ingestion:MaxStoredUploads"] = "100000",
                ["Logging:LogLevel:Default"] = "Critical",
            },
        };
        await host.InitializeAsync();
        using var client = host.Client();
        using (var archive = new ByteArrayContent(Archive))
        {
            (await client.PostAsync(new Uri("/loads", UriKind.Relative), archive, Cancelled)).EnsureSuccessStatusCode().Dispose();
        }

        var loads = await LoadAsync(host);
        var uploads = await BeginUploadsAsync(client);
        var document = await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancelled);
        using var run = new FuzzRun(host.Address, IngestionHost.IngestKey, host.Database, host.Lake, $"{host.Broker}", IngestionHost.IngestKey, IngestionHost.SigningSecret);

        await run.SendAsync([.. FuzzOperation.Read(document).Append(Override).SelectMany(operation => Fit(operation, loads, uploads))], Requests);
    }

    /// <summary>The protocol's way around proxies that let PATCH and DELETE not pass, which the reference leaves out.</summary>
    private static FuzzOperation Override { get; } = new(
        "POST",
        "/uploads/{id}",
        [new("id", "path", IsRequired: true, []), new("Tus-Resumable", "header", IsRequired: true, []), new("Upload-Offset", "header", IsRequired: true, []), new("X-HTTP-Method-Override", "header", IsRequired: true, ["PATCH", "DELETE", "HEAD"])],
        Example: null,
        ["application/offset+octet-stream"]);

    /// <summary>The operation with values that this service knows; the upload of a file once for each data set.</summary>
    private static IEnumerable<FuzzOperation> Fit(FuzzOperation operation, IReadOnlyList<string> loads, IReadOnlyList<string> uploads)
    {
        var fitting = operation
            .With("Tus-Resumable", "1.0.0")
            .With("Upload-Length", "0", $"{Products.Length}", "100000")
            .With("Upload-Offset", "0")
            .With("Upload-Metadata", $"filename {Base64("product.csv")}", $"dataset {Base64("coupon")},maxQuarantined {Base64("100%")}", $"filename {Base64("all.zip")}")
            .With("maxQuarantined", "0", "1", "100%", "5.5%")
            .With("dataset", "product", "coupon")
            .With("reason", "not_a_number", "wrong_field_count")
            .With("column", "CAMPAIGN")
            .With("Idempotency-Key", "a", "b", "c");
        return operation switch
        {
            { Method: "POST", Path: "/loads" } => [fitting with { Files = [Archive] }],
            { Method: "POST", Path: "/loads/{id}" } => SmallJourney.Files.Select(file => fitting.With("id", file.Key) with { Files = [Encoding.UTF8.GetBytes(file.Value)] }),
            _ when operation.Path.StartsWith("/loads/", StringComparison.Ordinal) => [fitting.With("id", loads)],
            _ when operation.Path.StartsWith("/uploads", StringComparison.Ordinal) => [fitting.With("id", uploads) with { Files = [Products] }],
            _ => [fitting],
        };
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>Loads with a row at fault each, as the reference's example of an edit mends it.</summary>
    private static async Task<IReadOnlyList<string>> LoadAsync(IngestionHost host)
    {
        List<string> ids = [];
        while (ids.Count < Loads)
        {
            ids.Add($"{(await host.LoadAsync(DatasetNames.Transactions, Csv.File(Csv.TransactionHeader, Csv.Transaction(), Csv.Transaction("QUANTITY", "x")))).Id}");
        }

        return ids;
    }

    private static async Task<IReadOnlyList<string>> BeginUploadsAsync(HttpClient client)
    {
        List<string> ids = [];
        while (ids.Count < ResumableUploads)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/uploads", UriKind.Relative))
            {
                Headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Length", $"{Products.Length}" }, { "Upload-Metadata", $"filename {Base64("product.csv")}" } },
            };
            using var response = await client.SendAsync(request, Cancelled);
            ids.Add($"{response.EnsureSuccessStatusCode().Headers.Location}".Split('/')[^1]);
        }

        return ids;
    }
}
