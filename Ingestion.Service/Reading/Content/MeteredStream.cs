using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>Counts, and when asked hashes, what is read through it.</summary>
internal sealed class MeteredStream(Stream inner, bool hash, long limit = long.MaxValue, bool hash512 = false) : ReadOnlyStream
{
    private readonly IncrementalHash? _hash = hash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private readonly IncrementalHash? _hash512 = hash512 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA512) : null;

    /// <summary>Bytes read so far.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The last four bytes read, as a little-endian number; 0 stands for bytes that never came.</summary>
    internal uint Tail { get; private set; }

    /// <summary>SHA-256 of what was read; null when it was not asked for.</summary>
    internal byte[]? Sha256() => _hash?.GetCurrentHash();

    /// <summary>The hashes of what was read that were asked for.</summary>
    internal ContentHashes Hashes() => new(Sha256(), _hash512?.GetCurrentHash());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Bytes += read;
        if (Bytes > limit)
        {
            throw new RejectedContentException(Rejection.BodyTooLarge(limit));
        }

        _hash?.AppendData(buffer.Span[..read]);
        _hash512?.AppendData(buffer.Span[..read]);
        foreach (var value in buffer.Span[Math.Max(0, read - sizeof(uint))..read])
        {
            Tail = (Tail >> 8) | ((uint)value << 24);
        }

        return read;
    }

    /// <summary>Reads what is left; why it is refused, if it is.</summary>
    internal async Task<Rejection?> DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CopyToAsync(Null, cancellationToken);
            return null;
        }
        catch (RejectedContentException refused)
        {
            return refused.Rejection;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _hash?.Dispose();
        _hash512?.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Hashes of some bytes, null where they were not asked for.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContentHashes(byte[]? Sha256, byte[]? Sha512);
