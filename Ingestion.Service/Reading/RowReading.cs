using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Ingestion.Service.Reading.Rows;

namespace Dunnhumby.Ingestion.Service.Reading;

/// <summary>Moves text through the row loader into the batch writer, block by block.</summary>
/// <param name="read">Reads text; 0 at its end.</param>
internal sealed class RowReading(Func<Memory<byte>, CancellationToken, ValueTask<int>> read, RowLoader loader, BatchWriter writer)
{
    /// <summary>Text gathered before it is parsed: the network delivers in pieces of a few kilobytes.</summary>
    private const int BlockBytes = 256 * 1_024;

    private byte[] _buffer = new byte[2 * BlockBytes];
    private int _start;
    private int _end;

    /// <summary>Asked when the text has ended and before its last rows are parsed: why the file is refused.</summary>
    internal Func<Rejection?> Ending { get; init; } = static () => null;

    /// <summary>Called when the rows of a block are parsed.</summary>
    internal Action Parsed { get; init; } = static () => { };

    /// <summary>Reads to the end. When it returns null, the written file is complete; else the file is refused.</summary>
    internal async Task<Rejection?> RunAsync(CancellationToken cancellationToken)
    {
        bool isLast;
        do
        {
            isLast = !await FillAsync(cancellationToken);
            if ((isLast ? Ending() : null) is { } fault)
            {
                return fault;
            }

            if (await ParseAsync(isLast, cancellationToken) is { } refused)
            {
                return refused;
            }

            Parsed();
        }
        while (!isLast);

        if (loader.End() is { } empty)
        {
            return empty;
        }

        await writer.CompleteAsync(loader.Batch, cancellationToken);
        return null;
    }

    private async Task<Rejection?> ParseAsync(bool isLast, CancellationToken cancellationToken)
    {
        while (true)
        {
            var step = loader.Take(_buffer.AsSpan(_start.._end), isLast, out var taken);
            _start += taken;
            if (step is not LoadStep.BatchFull)
            {
                return loader.Rejection;
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
            var count = await read(_buffer.AsMemory(_end), cancellationToken);
            if (count == 0)
            {
                return false;
            }

            _end += count;
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
}
