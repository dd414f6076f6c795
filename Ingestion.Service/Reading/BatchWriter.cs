using System.Diagnostics;
using System.Threading.Channels;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading;

/// <summary>
/// Encodes full batches on a thread of its own while the next one is filled. Holds at most <see cref="MaxBatches"/> batches, which it hands back for
/// reuse. Begins a file with the first batch: a file without rows is none.
/// </summary>
internal sealed class BatchWriter : IAsyncDisposable
{
    private const int MaxBatches = 3;

    private readonly LakeTable _table;
    private readonly LakeLayout _layout;
    private readonly ActivitySource _activities;
    private readonly Channel<RowBatch> _full = Channel.CreateBounded<RowBatch>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
    private readonly Channel<RowBatch> _free = Channel.CreateUnbounded<RowBatch>();
    private readonly int _sales;
    private readonly Task _worker;
    private int _batches = 1;

    internal BatchWriter(LakeTable table, LakeLayout layout, ActivitySource activities)
    {
        _table = table;
        _layout = layout;
        _activities = activities;
        _sales = table.Columns.ToList().FindIndex(column => string.Equals(column.Header, "SALES_VALUE", StringComparison.Ordinal));
        _worker = Task.Run(WriteAsync);
    }

    /// <summary>The line of the original for each line of a file that was made of it, such as that of mended rows; null for an original.</summary>
    internal IReadOnlyDictionary<long, long>? OriginalLines { get; init; }

    /// <summary>The file, finished after <see cref="CompleteAsync"/>; null when there was no row.</summary>
    internal StagedFile? File { get; private set; }

    /// <summary>Rows written.</summary>
    internal long Rows { get; private set; }

    /// <summary>Sum of SALES_VALUE in cents; null for other tables.</summary>
    internal long? SalesCents { get; private set; }

    /// <summary>Takes a full batch and gives an empty one.</summary>
    internal async Task<RowBatch> ExchangeAsync(RowBatch full, CancellationToken cancellationToken)
    {
        await SendAsync(full, cancellationToken);
        if (_batches < MaxBatches)
        {
            _batches++;
            return new RowBatch(_table);
        }

        try
        {
            return await _free.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            await _worker;
            throw;
        }
    }

    /// <summary>Takes the last batch, and ends the file on disk.</summary>
    internal async Task CompleteAsync(RowBatch last, CancellationToken cancellationToken)
    {
        if (last.Rows > 0)
        {
            await SendAsync(last, cancellationToken);
        }

        _full.Writer.Complete();
        await _worker;
    }

    public async ValueTask DisposeAsync()
    {
        _full.Writer.TryComplete();
        try
        {
            await _worker;
        }
        catch (Exception failure) when (failure is IOException or ParquetSharp.ParquetException or UnauthorizedAccessException)
        {
            // The sender of the batch sees the error; here the file only has to be removed.
        }
        finally
        {
            File?.Dispose();
        }
    }

    private async Task SendAsync(RowBatch full, CancellationToken cancellationToken)
    {
        try
        {
            await _full.Writer.WriteAsync(full, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // The worker stopped: its own error says more.
            await _worker;
            throw;
        }
    }

    private async Task WriteAsync()
    {
        ParquetTableWriter? parquet = null;
        Activity? activity = null;
        try
        {
            await foreach (var batch in _full.Reader.ReadAllAsync())
            {
                activity ??= _activities.StartActivity("write parquet");
                File ??= new StagedFile(_layout);
                parquet ??= new ParquetTableWriter(_table, File.Stream);
                ToOriginalLines(batch);
                parquet.Write(batch);
                Count(batch);
                batch.Clear();
                _free.Writer.TryWrite(batch);
            }

            parquet?.Close();
            File?.Finish();
            activity?.SetTag("dunnhumby.dataset", _table.Name).SetTag("dunnhumby.rows", Rows).SetTag("dunnhumby.bytes", File?.Length);
        }
        finally
        {
            activity?.Dispose();
            _full.Writer.TryComplete();
            _free.Writer.TryComplete();
            parquet?.Dispose();
        }
    }

    private void ToOriginalLines(RowBatch batch)
    {
        if (OriginalLines is not null)
        {
            foreach (ref var line in batch.Lines.Values[..batch.Rows])
            {
                line = OriginalLines[line];
            }
        }
    }

    private void Count(RowBatch batch)
    {
        Rows += batch.Rows;
        if (_sales < 0)
        {
            return;
        }

        var cents = 0L;
        foreach (var value in ((Int32Buffer)batch.Columns[_sales]).Values[..batch.Rows])
        {
            cents += value;
        }

        SalesCents = (SalesCents ?? 0) + cents;
    }
}
