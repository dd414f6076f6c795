using System.Buffers;
using System.Data.Common;
using System.IO.Pipelines;
using ParquetSharp;
using ParquetSharp.IO;
using ParquetSharp.Schema;

namespace Dunnhumby.Insights.Api.Forms;

/// <summary>
/// A table as one Parquet file, zstd inside. Decimals keep precision and scale of their column, so that sums of cents stay exact. Row groups are small: what is
/// held in memory is one of them, whatever the table's size.
/// </summary>
internal static class ParquetTable
{
    private const int RowsOfGroup = 32 * 1024;

    /// <summary>Writes the reader's rows and returns how many there were.</summary>
    /// <param name="row">The rows.</param>
    /// <param name="decimals">Precision and scale of every decimal; null for those that the database declares.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<long> WriteAsync(DbDataReader row, (int Precision, int Scale)? decimals, PipeWriter output, CancellationToken cancellationToken)
    {
        var columns = ParquetColumn.Of(row, decimals);
        using var body = new PipeStream(output);
        using var target = new ManagedOutputStream(body, leaveOpen: true);
        using var properties = new WriterPropertiesBuilder().Compression(Compression.Zstd).CreatedBy("Dunnhumby").Build();
        using var schema = new GroupNode("schema", Repetition.Required, [.. columns.Select(column => column.Node)]);
        using var file = new ParquetFileWriter(target, schema, properties);
        var rows = 0L;
        var held = 0;
        while (await row.ReadAsync(cancellationToken))
        {
            foreach (var column in columns)
            {
                column.Take(row);
            }

            rows++;
            if (++held == RowsOfGroup)
            {
                WriteGroup(file, columns);
                held = 0;
                // The client's pace is the pace of reading.
                await output.FlushAsync(cancellationToken);
            }
        }

        if (held > 0)
        {
            WriteGroup(file, columns);
        }

        file.Close();
        return rows;
    }

    private static void WriteGroup(ParquetFileWriter file, ParquetColumn[] columns)
    {
        using var group = file.AppendRowGroup();
        foreach (var column in columns)
        {
            using var writer = group.NextColumn();
            column.WriteTo(writer);
        }

        group.Close();
    }

    /// <summary>The answer's body as the stream that the library writes to: bytes are kept by the pipe until the next flush.</summary>
    private sealed class PipeStream(PipeWriter output) : Stream
    {
        private long _written;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _written;

        /// <summary>The library asks where it stands, to write it into the footer.</summary>
        public override long Position
        {
            get => _written;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            output.Write(buffer);
            _written += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        /// <summary>Only between row groups, where it can wait for the client.</summary>
        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
