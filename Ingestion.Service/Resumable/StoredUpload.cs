using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Intake;
using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Resumable;

/// <summary>
/// One upload on disk. Its state is what its directory holds, so that any replica, and the service after a crash, goes on from there:
/// <c>info.json</c> (it exists), <c>data</c> (the bytes so far), <c>unverified</c> (the offset from which bytes wait for their checksum),
/// <c>report.json</c> (it is finished), <c>lock</c>.
/// </summary>
internal sealed class StoredUpload(string directory, UploadInfo info, TimeSpan lifetime)
{
    internal const string InfoFile = "info.json";
    private const string DataFile = "data";
    private const string UnverifiedFile = "unverified";
    private const string ReportFile = "report.json";
    private const string LockFile = "lock";

    internal UploadInfo Info => info;

    internal string DataPath => Path.Combine(directory, DataFile);

    /// <summary>Bytes that count. The bytes are gone only when the upload is finished.</summary>
    internal long Offset => Unverified() ?? (new FileInfo(DataPath) is { Exists: true } data ? data.Length : info.Length);

    internal bool IsFinished => File.Exists(Path.Combine(directory, ReportFile));

    internal bool IsWhole => Offset == info.Length;

    internal string State => ReadReport()?.State ?? (IsWhole ? UploadStates.Processing : UploadStates.Receiving);

    /// <summary>A lifetime after the last byte came, or after it was finished.</summary>
    internal DateTimeOffset ExpiresAt => new DateTimeOffset((new FileInfo(DataPath) is { Exists: true } data ? data : new FileInfo(Path.Combine(directory, ReportFile))).LastWriteTimeUtc) + lifetime;

    /// <summary>Whether it may be removed. Whole uploads are kept until they are loaded, however long the database is away.</summary>
    internal bool IsExpired(DateTimeOffset now) => ExpiresAt <= now && (IsFinished || !IsWhole);

    /// <summary>Makes an upload of no bytes. It exists once its last file, the information, is there.</summary>
    internal static async Task<StoredUpload> CreateAsync(string directory, UploadInfo info, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllBytesAsync(Path.Combine(directory, DataFile), [], cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(directory, LockFile), [], cancellationToken);
        await DurableFile.WriteAsync(Path.Combine(directory, InfoFile), JsonSerializer.SerializeToUtf8Bytes(info, JsonSerializerOptions.Web), cancellationToken);
        return new StoredUpload(directory, info, lifetime);
    }

    /// <summary>
    /// Claims the upload until the result is disposed, also against other replicas: a lock of the operating system, which ends with the process.
    /// Null when another one has it, or when the upload is gone.
    /// </summary>
    internal IDisposable? TryLock()
    {
        FileStream? held = null;
        try
        {
            held = new FileStream(Path.Combine(directory, LockFile), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            if (File.Exists(Path.Combine(directory, InfoFile)))
            {
                return held;
            }
        }
        catch (IOException)
        {
            // Locked, or removed meanwhile: there is nothing to wait for either way.
        }

        held?.Dispose();
        return null;
    }

    /// <summary>From now on bytes after <paramref name="offset"/> do not count; null: all that are there do. Call it with the lock held.</summary>
    internal async Task AwaitVerificationAsync(long? offset, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, UnverifiedFile);
        if (offset is { } verified)
        {
            await DurableFile.WriteAsync(path, BitConverter.GetBytes(verified), cancellationToken);
        }
        else if (File.Exists(path))
        {
            DurableFile.Delete(path);
        }
    }

    /// <summary>Keeps the report, then lets go of the bytes.</summary>
    internal async Task FinishAsync(IntakeReport report, CancellationToken cancellationToken)
    {
        await DurableFile.WriteAsync(Path.Combine(directory, ReportFile), JsonSerializer.SerializeToUtf8Bytes(report, JsonSerializerOptions.Web), cancellationToken);
        DropBytes();
    }

    /// <summary>Removes the bytes of a finished upload.</summary>
    internal void DropBytes() => File.Delete(DataPath);

    internal IntakeReport? ReadReport()
    {
        var path = Path.Combine(directory, ReportFile);
        return File.Exists(path) ? JsonSerializer.Deserialize<IntakeReport>(File.ReadAllBytes(path), JsonSerializerOptions.Web) : null;
    }

    /// <summary>Removes everything; the information first, so that a half-removed upload does not exist.</summary>
    internal void Remove()
    {
        DurableFile.Delete(Path.Combine(directory, InfoFile));
        Directory.Delete(directory, recursive: true);
    }

    internal ResumableUpload ToContract()
    {
        var report = ReadReport();
        return new ResumableUpload(info.Id, State, info.FileName, info.Dataset, info.Length, Offset, info.CreatedAt, ExpiresAt, report?.Loads ?? [], report?.Problem, report?.Batch);
    }

    private long? Unverified()
    {
        var path = Path.Combine(directory, UnverifiedFile);
        return File.Exists(path) ? BitConverter.ToInt64(File.ReadAllBytes(path)) : null;
    }
}
