using Dunnhumby.Contracts.Loads;
using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>
/// Keeps quarantined rows on disk until the load is committed, so that memory stays bounded whatever is wrong with a file. Counts all of them, keeps the first
/// <paramref name="capacity"/>.
/// </summary>
internal sealed class QuarantineSpool(LakeLayout layout, int capacity) : IDisposable
{
    private readonly Dictionary<string, long> _byReason = new(StringComparer.Ordinal);
    private BinaryWriter? _writer;

    /// <summary>All rows, kept or not.</summary>
    internal long Count { get; private set; }

    /// <summary>How many rows each reason has.</summary>
    internal IReadOnlyDictionary<string, long> ByReason => _byReason;

    internal void Add(long line, long byteOffset, RowFault fault, RawRow raw)
    {
        _byReason[fault.Reason] = _byReason.GetValueOrDefault(fault.Reason) + 1;
        if (++Count > capacity)
        {
            return;
        }

        _writer ??= new BinaryWriter(OpenFile());
        _writer.Write(line);
        _writer.Write(byteOffset);
        _writer.Write(fault.Column ?? "");
        _writer.Write(fault.Reason);
        _writer.Write(fault.Message);
        _writer.Write(raw.Text);
        _writer.Write(raw.IsCut);
    }

    /// <summary>The first <paramref name="count"/> rows, or as many as were kept.</summary>
    internal IEnumerable<QuarantinedRow> Rows(long count)
    {
        if (_writer is null)
        {
            yield break;
        }

        _writer.Flush();
        _writer.BaseStream.Position = 0;
        using var reader = new BinaryReader(_writer.BaseStream, System.Text.Encoding.UTF8, leaveOpen: true);
        for (var row = 0L; row < Math.Min(count, Math.Min(Count, capacity)); row++)
        {
            var line = reader.ReadInt64();
            var byteOffset = reader.ReadInt64();
            var column = reader.ReadString();
            yield return new QuarantinedRow(line, byteOffset, column.Length == 0 ? null : column, reader.ReadString(), reader.ReadString(), reader.ReadString()) { IsCut = reader.ReadBoolean() };
        }
    }

    public void Dispose() => _writer?.Dispose();

    /// <summary>A file for rows that wait, which is gone when it is closed.</summary>
    internal Stream OpenFile() => new FileStream(
        Path.Combine(layout.Staging, Guid.CreateVersion7().ToString("N") + ".quarantine"),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 64 * 1_024,
        }.ForThisAccount());
}
