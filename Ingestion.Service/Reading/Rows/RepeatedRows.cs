using System.Collections;
using System.Text;
using Dunnhumby.Ingestion.Service.Reading.Duplicates;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

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
        using var reader = new BinaryReader(_writer.BaseStream, Encoding.UTF8, leaveOpen: true);
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
