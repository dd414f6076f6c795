using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.TestSupport.Servers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Tests.Hosting;

/// <summary>The service on a real Kestrel, with a database and a lake of its own.</summary>
public sealed class IngestionHost(PostgresFixture postgres, RabbitMqFixture broker) : WebApplicationFactory<Program>, IAsyncLifetime
{
    internal const string IngestKey = "ingest-key-of-tests-0123456789abcdef";
    internal const string SecondIngestKey = "second-ingest-key-of-tests-0123456789";
    internal const string ReadKey = "read-key-of-tests-0123456789abcdefgh";
    internal const string SigningSecret = "signing-secret-of-tests-0123456789abc";
    internal const string Origin = "http://dashboard.test";

    internal string Lake { get; } = Directory.CreateTempSubdirectory("dunnhumby-lake-").FullName;

    internal string WatchFolder { get; } = Directory.CreateTempSubdirectory("dunnhumby-watch-").FullName;

    internal string Database { get; private set; } = "";

    /// <summary>Settings beside those of all tests, or instead of them.</summary>
    internal Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    internal Uri Address { get; private set; } = new("http://localhost");

    internal Uri Broker => broker.AmqpUri;

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CreateDatabaseAsync();
        await using var catalog = Catalog();
        await catalog.Database.MigrateAsync();
        UseKestrel(0);
        StartServer();
        using var client = CreateClient();
        Address = client.BaseAddress ?? Address;
    }

    internal LakeCatalog Catalog()
    {
        var options = new DbContextOptionsBuilder<LakeCatalog>();
        options.UseCatalog(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Database) { Pooling = false }));
        return new LakeCatalog(options.Options);
    }

    internal HttpClient Client(string? key = IngestKey)
    {
        var client = CreateClient();
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", key);
        }

        return client;
    }

    /// <summary>A client that sends a body as it is made: the factory's own reads it to its end first.</summary>
    internal HttpClient StreamingClient()
    {
        using var client = Client();
        var streaming = new HttpClient { BaseAddress = client.BaseAddress };
        streaming.DefaultRequestHeaders.Add("X-Api-Key", IngestKey);
        return streaming;
    }

    internal Task<HttpResponseMessage> UploadAsync(string dataset, string csv, string query = "") => UploadAsync(dataset, Encoding.UTF8.GetBytes(csv), query);

    internal async Task<HttpResponseMessage> UploadAsync(string dataset, byte[] body, string query = "")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var client = Client();
        return await client.PostAsync(new Uri($"/loads/{dataset}{query}", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    internal async Task<Load> LoadAsync(string dataset, string csv, string query = "")
    {
        using var response = await UploadAsync(dataset, csv, query);
        return await response.LoadAsync();
    }

    internal async Task<Load> GetAsync(long id)
    {
        using var client = Client();
        return await client.GetFromJsonAsync<Load>($"/loads/{id}", TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("No load came.");
    }

    internal async Task<Page<QuarantinedRow>> QuarantineAsync(long id)
    {
        using var client = Client();
        return await client.GetFromJsonAsync<Page<QuarantinedRow>>($"/loads/{id}/quarantine?limit=200", TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException("No page came.");
    }

    /// <summary>Every file in the lake's directory, staged ones too.</summary>
    internal string[] Files() => Directory.GetFiles(Lake, "*", SearchOption.AllDirectories);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(Lake, recursive: true);
        Directory.Delete(WatchFolder, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:warehouse", Database);
        builder.UseSetting("ConnectionStrings:lake", Lake);
        builder.UseSetting("ConnectionStrings:messaging", broker.AmqpUri.ToString());
        builder.UseSetting("ApiKeys:Ingest", $"{IngestKey},{SecondIngestKey}");
        builder.UseSetting("ApiKeys:Read", ReadKey);
        builder.UseSetting("Signing:Secret", SigningSecret);
        builder.UseSetting("Cors:Origins:0", Origin);

        // Tests of lake care run its rounds themselves.
        builder.UseSetting("LakeCare:Interval", "1.00:00:00");
        builder.UseSetting("Ingestion:MaxRequestBytes", "20000000");
        builder.UseSetting("Ingestion:MaxDecompressedBytes", "100000000");
        builder.UseSetting("Ingestion:UploadScanInterval", "00:00:00.200");
        builder.UseSetting("Ingestion:WatchFolder", WatchFolder);
        builder.UseSetting("Ingestion:WatchInterval", "00:00:00.100");
        builder.UseSetting("Ingestion:WatchStableFor", "00:00:00.500");
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }
    }
}
