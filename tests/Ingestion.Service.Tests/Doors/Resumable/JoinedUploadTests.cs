using Dunnhumby.Ingestion.Service.Doors.Resumable;

namespace Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;

/// <summary>Parts put together on disk.</summary>
public sealed class JoinedUploadTests : IDisposable
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 250).Select(number => (byte)number)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dunnhumby-joined-");

    [Fact]
    public async Task Join_OfPartsThatAreRemovedThen_HasItsBytesStill()
    {
        List<StoredUpload> parts = [await PartAsync("a", Bytes[..100]), await PartAsync("b", []), await PartAsync("c", Bytes[100..])];
        var joined = (await JoinAsync(parts)).ShouldNotBeNull();
        parts.ForEach(part => part.Remove());

        await using var content = joined.OpenBytes();
        using var read = new MemoryStream();
        await content.CopyToAsync(read, TestContext.Current.CancellationToken);
        read.ToArray().ShouldBe(Bytes);
        (joined.IsWhole, joined.WaitsToBeLoaded, joined.IsExpired(DateTimeOffset.MaxValue)).ShouldBe((true, true, false));
    }

    [Fact]
    public async Task Join_WhileSomebodyWorksOnAPart_Waits()
    {
        List<StoredUpload> parts = [await PartAsync("a", Bytes[..100]), await PartAsync("b", Bytes[100..])];
        using (parts[1].TryLock().ShouldNotBeNull())
        {
            (await JoinAsync(parts)).ShouldBeNull();
        }

        // What the first try left is in nobody's way.
        (await JoinAsync(parts)).ShouldNotBeNull();
    }

    [Fact]
    public async Task OpenBytes_OfAJoinedUpload_IsReadFromAnyPlace()
    {
        var joined = (await JoinAsync([await PartAsync("a", Bytes[..100]), await PartAsync("b", []), await PartAsync("c", Bytes[100..101]), await PartAsync("d", Bytes[101..])])).ShouldNotBeNull();
        await using var content = joined.OpenBytes();

        content.Length.ShouldBe(250);
        foreach (var place in (int[])[0, 99, 100, 101, 249, 50, 250])
        {
            content.Seek(place - 250, SeekOrigin.End).ShouldBe(place);
            var rest = new byte[250 - place];
            await content.ReadExactlyAsync(rest, TestContext.Current.CancellationToken);
            rest.ShouldBe(Bytes[place..]);
            (await content.ReadAsync(new byte[1], TestContext.Current.CancellationToken)).ShouldBe(0);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<StoredUpload?> JoinAsync(List<StoredUpload> parts) => StoredUpload.JoinAsync(
        Path.Combine(_folder.FullName, "joined"), Info("joined", 250) with { Parts = [.. parts.Select(part => part.Info.Id)] }, parts, TimeSpan.FromDays(1), TestContext.Current.CancellationToken);

    private async Task<StoredUpload> PartAsync(string id, byte[] bytes)
    {
        var upload = await StoredUpload.CreateAsync(Path.Combine(_folder.FullName, id), Info(id, bytes.Length) with { Concat = "partial" }, TimeSpan.FromDays(1), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(upload.DataPath, bytes, TestContext.Current.CancellationToken);
        return upload;
    }

    private static UploadInfo Info(string id, long length) => new(id, "owner", length, "", null, null, null, null, DateTimeOffset.UnixEpoch, null);
}
