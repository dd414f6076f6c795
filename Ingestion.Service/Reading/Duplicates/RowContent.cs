using System.Buffers.Binary;
using System.Security.Cryptography;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Files.Columns;

namespace Dunnhumby.Ingestion.Service.Reading.Duplicates;

/// <summary>What some columns of a row say, of whatever kinds and however many they are, as a number that no two rows share.</summary>
/// <param name="columns">Their positions in the table.</param>
internal sealed class RowContent(IReadOnlyList<int> columns)
{
    private byte[] _scratch = new byte[1_024];

    /// <summary>Half of the SHA-256: nobody can write two rows that look alike.</summary>
    internal UInt128 Hash(RowBatch batch, int row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Bytes(batch, row), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>The values one after the other, texts with their length first, so that no two rows look alike. Null and empty text are the same.</summary>
    private ReadOnlySpan<byte> Bytes(RowBatch batch, int row)
    {
        var length = 0;
        foreach (var position in columns)
        {
            var column = batch.Columns[position];
            var text = column is TextBuffer texts ? texts.Text(row) : [];
            if (length + sizeof(long) + text.Length > _scratch.Length)
            {
                Array.Resize(ref _scratch, (_scratch.Length * 2) + text.Length);
            }

            BinaryPrimitives.WriteInt64LittleEndian(_scratch.AsSpan(length), column is TextBuffer ? text.Length : DuplicateCheck.Number(column, row));
            text.CopyTo(_scratch.AsSpan(length + sizeof(long)));
            length += sizeof(long) + text.Length;
        }

        return _scratch.AsSpan(0, length);
    }
}
