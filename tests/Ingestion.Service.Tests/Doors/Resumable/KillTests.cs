using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;

namespace Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;

/// <summary>Uploads outlive the process that takes them, and go on at another replica.</summary>
public sealed class KillTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    [Fact]
    public async Task Upload_ServiceKilledMidway_GoesOnElsewhereWhereTheDiskStands()
    {
        var file = Encoding.UTF8.GetBytes(Csv.File([Csv.TransactionHeader, .. Enumerable.Range(0, 20_000).Select(_ => Csv.Transaction())]));
        await using var service = new ServiceUnderKill(host);
        await service.StartAsync();
        using var tus = new TusClient(host.Client());
        var plain = await tus.CreateAsync(file.Length, "transaction_data.csv");
        var summed = await tus.CreateAsync(file.Length, "transaction_data.csv");
        var half = file.Length / 2;
        using var first = await SendHalfAsync(service, plain, file, half, checksum: null);
        using var second = await SendHalfAsync(service, summed, file, half, $"sha256 {Convert.ToBase64String(SHA256.HashData(file))}");

        using (var meanwhile = await tus.PatchAsync(plain, half, file[half..]))
        {
            await meanwhile.ProblemAsync((HttpStatusCode)423, "upload-in-use");
        }

        await service.KillAsync();

        // Bytes under a checksum count when all came, and those did not.
        (await tus.OffsetAsync(summed)).ShouldBe(0);
        (await tus.OffsetAsync(plain)).ShouldBe(half);
        using var rest = await tus.PatchAsync(plain, half, file[half..]);
        using var whole = await tus.PatchAsync(summed, 0, file);
        rest.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        whole.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var ended = await Task.WhenAll(tus.EndAsync(plain), tus.EndAsync(summed));
        ended.ShouldAllBe(upload => upload.State == UploadStates.Completed);
        var loads = ended.Select(upload => upload.Loads.ShouldHaveSingleItem()).ToList();
        loads.Count(load => load.IsNew).ShouldBe(1);
        loads.ShouldAllBe(load => load.Load == loads[0].Load);
        loads[0].Load.Loaded.ShouldBe(20_000);
        loads[0].Load.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    /// <summary>A request for the whole file of which half comes; returns when the half is on disk.</summary>
    private async Task<TcpClient> SendHalfAsync(ServiceUnderKill service, string address, byte[] file, int half, string? checksum)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(service.Address.Host, service.Address.Port, TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        var head = $"PATCH {address} HTTP/1.1\r\nHost: {service.Address.Authority}\r\nX-Api-Key: {IngestionHost.IngestKey}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            + $"Content-Type: application/offset+octet-stream\r\nContent-Length: {file.Length}\r\n{(checksum is null ? "" : $"Upload-Checksum: {checksum}\r\n")}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        await stream.WriteAsync(file.AsMemory(0, half), TestContext.Current.CancellationToken);
        var data = Path.Combine(host.Lake, "_staging", "uploads", address["/uploads/".Length..], "data");
        await Eventually.TrueAsync(() => new FileInfo(data).Length == half);
        return connection;
    }
}
