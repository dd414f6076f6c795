using System.Buffers.Binary;
using System.Security.Cryptography;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Files.Columns;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Duplicates;

/// <summary>For tables with a key of one number and some ten thousand rows: keeps a hash of what each key said.</summary>
internal sealed class KeyedRows(LakeTable table) : DuplicateCheck
{
    /// <summary>Twenty times the products of the original; some 100 MB.</summary>
    internal const int MaxKeys = 2_000_000;

    private readonly int _key = table.Columns.Index().Single(column => string.Equals(column.Item.Name, table.UnitColumns.Single(), StringComparison.Ordinal)).Index;
    private readonly Dictionary<long, UInt128> _rows = [];
    private byte[] _scratch = new byte[1_024];

    internal override Verdict Judge(RowBatch batch, int row)
    {
        var key = Number(batch.Columns[_key], row);
        var content = Hash(Content(batch, row));
        if (_rows.TryGetValue(key, out var earlier))
        {
            return content == earlier ? Verdict.Repeat : Verdict.Conflict;
        }

        if (_rows.Count == MaxKeys)
        {
            return Verdict.NoRoom;
        }

        _rows.Add(key, content);
        return Verdict.New;
    }

    /// <summary>Half of the SHA-256: nobody can write two rows that look alike.</summary>
    private static UInt128 Hash(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>The row's values one after the other, texts with their length first, so that no two rows look alike. Null and empty text are the same.</summary>
    private ReadOnlySpan<byte> Content(RowBatch batch, int row)
    {
        var length = 0;
        foreach (var column in batch.Columns)
        {
            var text = column is TextBuffer texts ? texts.Text(row) : [];
            if (length + sizeof(long) + text.Length > _scratch.Length)
            {
                Array.Resize(ref _scratch, (_scratch.Length * 2) + text.Length);
            }

            BinaryPrimitives.WriteInt64LittleEndian(_scratch.AsSpan(length), column is TextBuffer ? text.Length : Number(column, row));
            text.CopyTo(_scratch.AsSpan(length + sizeof(long)));
            length += sizeof(long) + text.Length;
        }

        return _scratch.AsSpan(0, length);
    }
}
