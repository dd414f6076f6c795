using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Ingestion.Service.Reading.Rows;

namespace Dunnhumby.Ingestion.Service.Reading;

/// <summary>Moves an upload's text through the row loader into the batch writer, block by block.</summary>
internal sealed class FileReading(Upload upload, UploadContent content, RowLoader loader, BatchWriter writer, UploadProgress progress)
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
            progress.Report(content.BodyBytes, loader.Rows.Read, loader.Rows.Quarantined);
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
        if (DeclaredContent.Fault(upload.Length, upload.Digests, content.BodyBytes, content.BodyHashes(), content.PlainHashes()) is { } fault)
        {
            throw new RejectedContentException(fault);
        }
    }
}
