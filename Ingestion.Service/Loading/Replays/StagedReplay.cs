using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Ingestion.Service.Reading;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>
/// Mended rows as a file of their own, read by the very code that reads uploads and written aside. Disposing removes what was not committed.
/// </summary>
internal sealed class StagedReplay : IAsyncDisposable
{
    private readonly LakeTable _table;
    private readonly QuarantineSpool _quarantine;
    private readonly RowLoader _loader;

    private StagedReplay(LakeTable table, LakeLayout layout, IngestionOptions options, IngestionTelemetry telemetry)
    {
        _table = table;
        _quarantine = new QuarantineSpool(layout, int.MaxValue);

        // In what the quarantine shows, U+FFFD stands for bytes that were not text, as in transcoded files: it is no text to load.
        _loader = new RowLoader(table, _quarantine, options) { IsTranscoded = true };
        Writer = new BatchWriter(table, layout, telemetry.Activities);
    }

    internal BatchWriter Writer { get; }

    internal long Read => _loader.Rows.Read;

    internal long Quarantined => _quarantine.Count;

    internal long Deduplicated => _loader.Rows.Deduplicated;

    internal long MultilineFields => _loader.MultilineFields;

    /// <summary>Size in bytes of the rows as a CSV file.</summary>
    internal long Bytes { get; private set; }

    /// <summary>SHA-256 of that file, lower-case hexadecimal.</summary>
    internal string Sha256 { get; private set; } = "";

    /// <summary>Reads those of <paramref name="rows"/> that pass so far, and sets the fault of those that do not pass now.</summary>
    internal static async Task<StagedReplay> ReadAsync(
        LakeTable table,
        IReadOnlyList<EditedRow> rows,
        RowMender mender,
        LakeLayout layout,
        IngestionOptions options,
        IngestionTelemetry telemetry,
        CancellationToken cancellationToken)
    {
        var staged = new StagedReplay(table, layout, options, telemetry);
        try
        {
            await staged.ReadAsync(rows, mender, options.MaxRowBytes, cancellationToken);
            return staged;
        }
        catch
        {
            await staged.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _quarantine.Dispose();
        await Writer.DisposeAsync();
    }

    private async Task ReadAsync(IReadOnlyList<EditedRow> rows, RowMender mender, int maxRowBytes, CancellationToken cancellationToken)
    {
        var byLine = new Dictionary<long, EditedRow>();
        var file = Text(rows, mender, maxRowBytes, byLine);
        Bytes = file.Length;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        await LoadAsync(file, cancellationToken);
        Settle();
        foreach (var faulty in _quarantine.Rows(_quarantine.Count))
        {
            byLine[faulty.Line].Fault = new RowFault(faulty.Reason, faulty.Column, faulty.Message);
        }
    }

    /// <summary>The rows as a CSV file, and each row by its line there.</summary>
    private static byte[] Text(IReadOnlyList<EditedRow> rows, RowMender mender, int maxRowBytes, Dictionary<long, EditedRow> byLine)
    {
        using var file = new MemoryStream();
        file.Write(Encoding.UTF8.GetBytes(mender.Header));
        file.WriteByte((byte)'\n');
        var line = 2L;
        foreach (var row in rows.Where(row => row.Passes))
        {
            var bytes = Encoding.UTF8.GetBytes(row.After ?? "");
            row.Fault = mender.Fault(bytes, maxRowBytes);
            if (row.Fault is null)
            {
                file.Write(bytes);
                file.WriteByte((byte)'\n');
                byLine.Add(line, row);
                line += 1 + mender.InnerLineBreaks;
            }
        }

        return file.ToArray();
    }

    private async Task LoadAsync(byte[] file, CancellationToken cancellationToken)
    {
        var position = 0;
        while (_loader.Take(file.AsSpan(position), isLast: true, out var taken) == LoadStep.BatchFull)
        {
            position += taken;
            _loader.Batch = await Writer.ExchangeAsync(_loader.Batch, cancellationToken);
        }

        _loader.End();
        await Writer.CompleteAsync(_loader.Batch, cancellationToken);
    }

    private void Settle()
    {
        if (_loader.Rows.Repeated.Count == 0 || Writer.File is not { } file)
        {
            return;
        }

        var conflicts = RepeatedKeys.Conflicts(_table, _loader.Rows.Repeated, file.CurrentPath).ToList();
        foreach (var row in conflicts)
        {
            _quarantine.Add(row.Line, row.ByteOffset, RowFaults.Conflict(_table), row.Raw);
        }

        _loader.Rows.Deduplicated += _loader.Rows.Repeated.Count - conflicts.Count;
    }
}
