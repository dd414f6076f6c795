using System.Security.Cryptography;

namespace Dunnhumby.Ingestion.Service.Content;

/// <summary>Counts, and when asked hashes, what is read through it.</summary>
internal sealed class MeteredStream(Stream inner, bool hash, long limit = long.MaxValue) : ReadOnlyStream
{
    private readonly IncrementalHash? _hash = hash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    /// <summary>Bytes read so far.</summary>
    internal long Bytes { get; private set; }

    /// <summary>SHA-256 of what was read; null when it was not asked for.</summary>
    internal byte[]? Sha256() => _hash?.GetCurrentHash();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Bytes += read;
        if (Bytes > limit)
        {
            throw new RejectedContentException(Rejection.BodyTooLarge(limit));
        }

        _hash?.AppendData(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _hash?.Dispose();
        base.Dispose(disposing);
    }
}
