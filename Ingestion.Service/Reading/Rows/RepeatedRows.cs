using System.Collections;
using Dunnhumby.Ingestion.Service.Reading.Duplicates;
using Dunnhumby.Lake.Tables;
using ParquetSharp;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>Compares repeated keys with what the keys said first, by reading the written file once: <see cref="DenseKeys"/> does not keep it.</summary>
internal static class RepeatedKeys
{
    private const int ChunkRows = 16_384;

    /// <summary>The repeats that say something else than the first row of their key, in the order of the file.</summary>
    /// <param name="path">The finished Parquet file.</param>
    internal static IEnumerable<RepeatedKey> Conflicts(LakeTable table, IReadOnlyCollection<RepeatedKey> repeated, string path)
    {
        var columns = DenseKeyColumns.Of(table) ?? throw new ArgumentException($"{table.Name} has no keys of this kind.", nameof(table));
        var first = repeated.Select(row => row.Row.Key).Distinct().ToDictionary(key => key, _ => -1L);
        using var file = new ParquetFileReader(path);
        for (var group = 0; group < file.FileMetaData.NumRowGroups; group++)
        {
            using var rows = file.RowGroup(group);
            ReadFirsts(rows, columns, first);
        }

        return repeated.Where(row => first[row.Row.Key] != row.Row.Content);
    }

    private static void ReadFirsts(RowGroupReader rows, DenseKeyColumns columns, Dictionary<(int, int, int), long> first)
    {
        using var firsts = rows.Column(columns.First).LogicalReader<int>();
        using var seconds = rows.Column(columns.Second).LogicalReader<int>();
        using var bounded = rows.Column(columns.Bounded).LogicalReader<int>();
        var codes = columns.Codes.Select(column => new CodeReader(rows, columns.Table, column)).ToList();
        var (a, b, c) = (new int[ChunkRows], new int[ChunkRows], new int[ChunkRows]);
        for (var left = rows.MetaData.NumRows; left > 0; left -= ChunkRows)
        {
            var count = (int)Math.Min(left, ChunkRows);
            firsts.ReadBatch(a.AsSpan(0, count));
            seconds.ReadBatch(b.AsSpan(0, count));
            bounded.ReadBatch(c.AsSpan(0, count));
            codes.ForEach(column => column.Read(count));
            for (var row = 0; row < count; row++)
            {
                var key = (a[row], b[row], c[row]);
                if (first.ContainsKey(key))
                {
                    first[key] = codes.Aggregate(0L, (content, column) => DenseKeyColumns.Pack(content, column.Position(row)));
                }
            }
        }

        codes.ForEach(column => column.Dispose());
    }

    /// <summary>Reads a column of codes as positions in their list.</summary>
    private sealed class CodeReader(RowGroupReader rows, LakeTable table, int column) : IDisposable
    {
        private readonly LogicalColumnReader<string> _reader = rows.Column(column).LogicalReader<string>();
        private readonly string[] _chunk = new string[ChunkRows];
        private readonly List<string> _codes = [.. table.Columns[column].Codes ?? []];

        internal void Read(int count) => _reader.ReadBatch(_chunk.AsSpan(0, count));

        internal int Position(int row) => _codes.IndexOf(_chunk[row]) is >= 0 and var position
            ? position
            : throw new InvalidDataException($"The written file has the code '{_chunk[row]}', which was never accepted.");

        public void Dispose() => _reader.Dispose();
    }
}

/// <summary>Rows whose key came before, on disk until they can be judged: each may have thousands of characters, and there may be hundreds of thousands.</summary>
/// <param name="open">Makes the file that they are kept in; it is asked when the first one comes.</param>
internal sealed class RepeatedRows(Func<Stream> open) : IReadOnlyCollection<RepeatedKey>, IDisposable
{
    private BinaryWriter? _writer;

    public int Count { get; private set; }

    internal void Add(RepeatedKey row)
    {
        _writer ??= new BinaryWriter(open());
        _writer.Write(row.Line);
        _writer.Write(row.ByteOffset);
        _writer.Write(row.Raw.Text);
        _writer.Write(row.Raw.IsCut);
        _writer.Write(row.Row.Key.First);
        _writer.Write(row.Row.Key.Second);
        _writer.Write(row.Row.Key.Bounded);
        _writer.Write(row.Row.Content);
        Count++;
    }

    /// <summary>Reads them from the file, in their order. One at a time reads, and nothing is added meanwhile.</summary>
    public IEnumerator<RepeatedKey> GetEnumerator()
    {
        if (_writer is null)
        {
            yield break;
        }

        _writer.Flush();
        _writer.BaseStream.Position = 0;
        using var reader = new BinaryReader(_writer.BaseStream, System.Text.Encoding.UTF8, leaveOpen: true);
        for (var row = 0; row < Count; row++)
        {
            yield return new RepeatedKey(
                reader.ReadInt64(),
                reader.ReadInt64(),
                new RawRow(reader.ReadString(), reader.ReadBoolean()),
                new DenseRow((reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()), reader.ReadInt64()));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => _writer?.Dispose();
}

/// <summary>A row whose key came before in the file, to be compared with what the key said first.</summary>
internal sealed record RepeatedKey(long Line, long ByteOffset, RawRow Raw, DenseRow Row);
