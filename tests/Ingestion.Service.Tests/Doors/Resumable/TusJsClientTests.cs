using System.Net;
using System.Security.Cryptography;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;

/// <summary>The protocol as the client of its authors speaks it.</summary>
public sealed class TusJsClientTests(IngestionHost host) : IClassFixture<IngestionHost>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dunnhumby-tus-");

    [Fact(Skip = TusJsClient.Missing, SkipUnless = nameof(TusJsClient.Exists), SkipType = typeof(TusJsClient))]
    public async Task Upload_InterruptedByClientAndBySigkill_ArrivesWhole()
    {
        var path = await FileAsync(8_000);
        await using var service = new ServiceUnderKill(host);
        await service.StartAsync();

        // The client stops midway and another one resumes.
        using var first = await TusJsClient.StartAsync(service.Address, path, IngestionHost.IngestKey, "pause=131072", "abort");
        var stopped = (await first.UntilAsync("stopped"))[^1];
        using var second = await TusJsClient.StartAsync(service.Address, path, IngestionHost.IngestKey, $"resume={stopped.GetProperty("url").GetString()}", "pause=262144", "checksum");
        var resumed = await second.UntilAsync("paused");
        resumed[0].GetProperty("method").GetString().ShouldBe("HEAD");
        resumed[0].GetProperty("offset").GetInt64().ShouldBeGreaterThanOrEqualTo(131_072);

        // The service dies while the client goes on, and comes back.
        await service.KillAsync();
        await second.GoOnAsync();
        await service.StartAsync();
        var rest = await second.UntilAsync("success");
        rest.ShouldContain(answer => answer.GetProperty("event").GetString() == "answer" && answer.GetProperty("method").GetString() == "HEAD");

        using var tus = new TusClient(host.Client());
        var ended = await tus.EndAsync(new Uri(rest[^1].GetProperty("url").GetString() ?? "").AbsolutePath);
        ended.State.ShouldBe(UploadStates.Completed);
        var load = ended.Loads.ShouldHaveSingleItem().Load;
        load.Loaded.ShouldBe(8_000);
        load.Sha256.ShouldBe(await HashAsync(path));
    }

    [Fact(Skip = TusJsClient.Missing, SkipUnless = nameof(TusJsClient.Exists), SkipType = typeof(TusJsClient))]
    public async Task Upload_SpoiledOrTerminated_LeavesNoLoad()
    {
        var path = await FileAsync(3_000);
        using var spoiled = await TusJsClient.StartAsync(host.Address, path, IngestionHost.IngestKey, "spoil");
        (await spoiled.UntilAsync("error"))[^1].GetProperty("status").GetInt32().ShouldBe(460);

        using var terminated = await TusJsClient.StartAsync(host.Address, path, IngestionHost.IngestKey, "pause=65536", "terminate");
        var stopped = (await terminated.UntilAsync("stopped"))[^1];
        using var tus = new TusClient(host.Client());
        using var gone = await tus.SendAsync("HEAD", new Uri(stopped.GetProperty("url").GetString() ?? "").AbsolutePath);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var catalog = host.Catalog();
        var sha256 = await HashAsync(path);
        (await catalog.Loads.AnyAsync(load => load.Sha256 == sha256, TestContext.Current.CancellationToken)).ShouldBeFalse();
    }

    [Fact(Skip = TusJsClient.Missing, SkipUnless = nameof(TusJsClient.Exists), SkipType = typeof(TusJsClient))]
    public async Task Upload_InThreePartsAtOnce_IsOneLoadOfTheWholeFile()
    {
        var path = await FileAsync(4_000);
        using var client = await TusJsClient.StartAsync(host.Address, path, IngestionHost.IngestKey, "parallel=3");
        var events = await client.UntilAsync("success");

        // Three parts and the final upload are begun; the client gives the final one's address.
        events.Where(answer => answer.TryGetProperty("method", out var method) && method.ValueEquals("POST")).Select(answer => answer.GetProperty("status").GetInt32()).ShouldBe([201, 201, 201, 201]);
        using var tus = new TusClient(host.Client());
        var ended = await tus.EndAsync(new Uri(events[^1].GetProperty("url").GetString() ?? "").AbsolutePath);
        ended.State.ShouldBe(UploadStates.Completed);
        var load = ended.Loads.ShouldHaveSingleItem().Load;
        (load.Loaded, load.Sha256).ShouldBe((4_000, await HashAsync(path)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<string> HashAsync(string path) => Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));

    private async Task<string> FileAsync(int rows)
    {
        var path = Path.Combine(_folder.FullName, "transaction_data.csv");
        await File.WriteAllTextAsync(path, Csv.File([Csv.TransactionHeader, .. Enumerable.Range(0, rows).Select(_ => Csv.Transaction())]), TestContext.Current.CancellationToken);
        return path;
    }
}
