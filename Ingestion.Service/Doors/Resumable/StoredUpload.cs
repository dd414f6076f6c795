using System.Text.Json;
using System.Text.Json.Serialization;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>
/// One upload on disk. Its state is what its directory holds, so that any replica, and the service after a crash, continues from there:
/// <c>info.json</c> (it exists), <c>data</c> (the bytes so far), <c>unverified</c> (the offset from which bytes wait for their checksum),
/// <c>report.json</c> (it is finished), <c>lock</c>. One that puts parts together has <c>part-0</c>, <c>part-1</c> and so on instead of <c>data</c>:
/// bytes of its own, whatever becomes of the parts.
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
    internal long Offset => IsFinal ? info.Length : Unverified() ?? (new FileInfo(DataPath) is { Exists: true } data ? data.Length : info.Length);

    /// <summary>Whether it puts parts together. It is whole from its beginning.</summary>
    internal bool IsFinal => info.Parts.Count > 0;

    /// <summary>Whether it is to be loaded now.</summary>
    internal bool WaitsToBeLoaded => !info.IsPart && !IsFinished && IsWhole;

    internal bool IsFinished => IsFinishedIn(directory);

    internal bool IsWhole => Offset == info.Length;

    internal string State => ReadReport()?.State ?? (info.IsPart ? UploadStates.Part : IsWhole ? UploadStates.Processing : UploadStates.Receiving);

    /// <summary>A lifetime after the last byte came, or after it was finished.</summary>
    internal DateTimeOffset ExpiresAt => new DateTimeOffset(((FileInfo[])[new(DataPath), new(Path.Combine(directory, ReportFile)), new(Path.Combine(directory, InfoFile))]).FirstOrDefault(file => file.Exists)?.LastWriteTimeUtc ?? DateTime.MinValue) + lifetime;

    /// <summary>Whether it may be removed. Whole files are kept until they are loaded, however long the database is unavailable.</summary>
    internal bool IsExpired(DateTimeOffset now) => ExpiresAt <= now && (IsFinished || info.IsPart || !IsWhole);

    /// <summary>Whether the upload of a directory is finished, without reading it.</summary>
    internal static bool IsFinishedIn(string directory) => File.Exists(Path.Combine(directory, ReportFile));

    /// <summary>Makes an upload of no bytes. It exists once its last file, the information, is there.</summary>
    internal static async Task<StoredUpload> CreateAsync(string directory, UploadInfo info, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateDirectory(directory);
        await File.WriteAllBytesAsync(Path.Combine(directory, DataFile), [], cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(directory, LockFile), [], cancellationToken);
        PrivateFiles.Restrict(Path.Combine(directory, DataFile));
        PrivateFiles.Restrict(Path.Combine(directory, LockFile));
        await DurableFile.WriteAsync(Path.Combine(directory, InfoFile), JsonSerializer.SerializeToUtf8Bytes(info, JsonSerializerOptions.Web), cancellationToken);
        return new StoredUpload(directory, info, lifetime);
    }

    /// <summary>
    /// Makes an upload of the bytes of its parts, in their order. Another request for the same one finds it made, or waits; null while that is at it, or while
    /// somebody works on a part or has removed it.
    /// </summary>
    internal static async Task<StoredUpload?> JoinAsync(string directory, UploadInfo info, IReadOnlyList<StoredUpload> parts, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateDirectory(directory);
        using var held = TryHold(directory, FileMode.OpenOrCreate);
        if (held is null)
        {
            return null;
        }

        var infoPath = Path.Combine(directory, InfoFile);
        if (!File.Exists(infoPath))
        {
            foreach (var (position, part) in parts.Index())
            {
                // The request that adds the last bytes to a part flushes them to the disk, or removes the excess, before it releases the part.
                using var partHeld = part.TryLock();
                if (partHeld is null || !part.IsWhole)
                {
                    return null;
                }

                DurableFile.Link(part.DataPath, PartPath(directory, position));
            }

            await DurableFile.WriteAsync(infoPath, JsonSerializer.SerializeToUtf8Bytes(info, JsonSerializerOptions.Web), cancellationToken);
        }

        return new StoredUpload(directory, info, lifetime);
    }

    /// <summary>The bytes, from the first to the last.</summary>
    internal Stream OpenBytes() => IsFinal ? new JoinedFiles([.. info.Parts.Select((_, position) => PartPath(directory, position))]) : JoinedFiles.Open(DataPath);

    /// <summary>
    /// Claims the upload until the result is disposed, also against other replicas: a lock of the operating system, which ends with the process.
    /// Null when another one has it, or when the upload is gone.
    /// </summary>
    internal IDisposable? TryLock()
    {
        var held = TryHold(directory, FileMode.Open);
        if (held is null || File.Exists(Path.Combine(directory, InfoFile)))
        {
            return held;
        }

        held.Dispose();
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
    internal void DropBytes()
    {
        File.Delete(DataPath);
        for (var position = 0; position < info.Parts.Count; position++)
        {
            File.Delete(PartPath(directory, position));
        }
    }

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

    private static string PartPath(string directory, int position) => Path.Combine(directory, $"part-{position}");

    /// <summary>Null while another one holds the directory, or when it is gone.</summary>
    private static FileStream? TryHold(string directory, FileMode mode)
    {
        try
        {
            return new FileStream(Path.Combine(directory, LockFile), mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private long? Unverified()
    {
        var path = Path.Combine(directory, UnverifiedFile);
        return File.Exists(path) ? BitConverter.ToInt64(File.ReadAllBytes(path)) : null;
    }
}

/// <summary>What is known of an upload from its beginning on; kept beside its bytes.</summary>
/// <param name="Id">Random: who does not know it does not find the upload.</param>
/// <param name="Owner">The fingerprint of the key that began it; only this key continues it.</param>
/// <param name="Length">Bytes in all.</param>
/// <param name="Metadata">The header as sent, which is given back.</param>
/// <param name="FileName">As declared.</param>
/// <param name="Dataset">What it is of; null for an archive of several.</param>
/// <param name="MaxQuarantined">The declared error budget.</param>
/// <param name="Sha256">The declared hash in hexadecimal.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="TraceParent">The trace it was begun in; its loading belongs to the same one.</param>
internal sealed record UploadInfo(
    string Id,
    string Owner,
    long Length,
    string Metadata,
    string? FileName,
    string? Dataset,
    string? MaxQuarantined,
    string? Sha256,
    DateTimeOffset CreatedAt,
    string? TraceParent)
{
    /// <summary>Who began it, as it is recorded; null for one from before it was kept.</summary>
    public string? By { get; init; }

    /// <summary>The header <c>Upload-Concat</c> as sent, which is given back; null for an upload of a whole file.</summary>
    public string? Concat { get; init; }

    /// <summary>The ids of the parts that it puts together, in order; empty for any other upload.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Whether it is a part of a file: it is never loaded by itself.</summary>
    [JsonIgnore]
    public bool IsPart => Concat is Concatenation.Partial;
}
