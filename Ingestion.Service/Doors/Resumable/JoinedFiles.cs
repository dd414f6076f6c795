using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>Several files read as one, seekable: an archive is read where it lies. One file is open at a time.</summary>
internal sealed class JoinedFiles : ReadOnlyStream
{
    private readonly IReadOnlyList<string> _paths;

    // Where each file begins, and in the end where the last one ends.
    private readonly long[] _starts;
    private FileStream? _open;
    private int _file = -1;
    private long _position;

    internal JoinedFiles(IReadOnlyList<string> paths)
    {
        _paths = paths;
        _starts = new long[paths.Count + 1];
        for (var file = 0; file < paths.Count; file++)
        {
            _starts[file + 1] = _starts[file] + new FileInfo(paths[file]).Length;
        }
    }

    public override bool CanSeek => true;

    public override long Length => _starts[^1];

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A position is not negative.");
    }

    /// <summary>One of the files, unbuffered.</summary>
    internal static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = Current() is { } file ? await file.ReadAsync(buffer, cancellationToken) : 0;
        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = Current()?.Read(buffer, offset, count) ?? 0;
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Current => _position + offset,
        SeekOrigin.End => Length + offset,
        _ => offset,
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _open?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The file that holds the byte at the position, at its place; null behind the last byte.</summary>
    private FileStream? Current()
    {
        if (_position >= Length)
        {
            return null;
        }

        // Empty files begin where the next one does: the last of those that begin here has the byte.
        var file = Array.FindLastIndex(_starts, start => start <= _position);
        if (file != _file)
        {
            _open?.Dispose();
            _open = Open(_paths[file]);
            _file = file;
        }

        if (_open is { } open && open.Position != _position - _starts[file])
        {
            open.Position = _position - _starts[file];
        }

        return _open;
    }
}
