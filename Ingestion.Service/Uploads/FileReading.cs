using Dunnhumby.Ingestion.Service.Content;
using Dunnhumby.Ingestion.Service.Rows;

namespace Dunnhumby.Ingestion.Service.Uploads;

/// <summary>Moves an upload's text through the row loader into the batch writer, block by block.</summary>
internal sealed class FileReading(Upload upload, UploadContent content, RowLoader loader, BatchWriter writer)
{
    /// <summary>Text gathered before it is parsed: the network delivers in pieces of a few kilobytes.</summary>
    private const int BlockBytes = 256 * 1_024;

    private byte[] _buffer = new byte[2 * BlockBytes];
    private int _start;
    private int _end;

    /// <summary>Reads to the end. When it returns, the written file is complete.</summary>
    /// <exception cref="RejectedContentException">The file is refused.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        bool isLast;
        do
        {
            isLast = !await FillAsync(cancellationToken);
            if (isLast)
            {
                CheckDeclared();
                loader.IsKnownWhole = upload.Digests.Any;
            }

            await ParseAsync(isLast, cancellationToken);
        }
        while (!isLast);

        loader.End();
        await writer.CompleteAsync(loader.Batch, cancellationToken);
    }

    private async Task ParseAsync(bool isLast, CancellationToken cancellationToken)
    {
        while (true)
        {
            var step = loader.Take(_buffer.AsSpan(_start.._end), isLast, out var taken);
            _start += taken;
            if (step == LoadStep.NeedsData)
            {
                return;
            }

            loader.Batch = await writer.ExchangeAsync(loader.Batch, cancellationToken);
        }
    }

    /// <summary>Reads until a block is there; false at the end of the text.</summary>
    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var enough = Math.Min(_buffer.Length, _end + BlockBytes);
        while (_end < enough)
        {
            var read = await content.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        // A row longer than the buffer; the loader refuses one that is too long.
        if (_buffer.Length - _end < BlockBytes)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    private void CheckDeclared()
    {
        if (upload.Length is { } declared && declared != content.BodyBytes)
        {
            throw new RejectedContentException(new Rejection(
                "length-mismatch",
                "The content has not the declared length",
                $"{declared} bytes were declared, {content.BodyBytes} came: the file was cut off. Send it again."));
        }

        if (upload.Digests.Any && content.BodySha256() is { } body && !upload.Digests.Match(body, content.PlainSha256()))
        {
            throw new RejectedContentException(new Rejection(
                "digest-mismatch",
                "The content has not the declared hash",
                "The SHA-256 of what came is not the one declared: the file was changed or cut off on its way. Send it again."));
        }
    }
}
