extern alias Ingestion;

using System.Diagnostics;
using System.Globalization;
using CsvHelper;
using Dunnhumby.Benchmarks.Journeys;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;
using Ingestion::Dunnhumby.Ingestion.Service;
using Ingestion::Dunnhumby.Ingestion.Service.Reading.Rows;
using nietras.SeparatedValues;

namespace Dunnhumby.Benchmarks.Readers;

/// <summary>
/// Times the reader of uploads against two libraries over the same bytes in memory, on one thread, with the same checks: number of fields, types, ranges, code
/// lists, lengths. The libraries' rows are typed by <see cref="TypedRows"/>. Sep reads text, CsvHelper UTF-8 like ours.
/// </summary>
internal static class ReaderComparison
{
    private const ulong Seed = 8451;
    private const int PieceBytes = 1 << 20;

    /// <summary>Prints the median of each reader, in MB/s, for each data set.</summary>
    /// <returns>The exit code: 1 when the readers do not agree.</returns>
    internal static async Task<int> RunAsync(double scale, int runs, CancellationToken cancellationToken)
    {
        (string Name, Func<LakeTable, byte[], ReadRows> Read)[] readers = [("ours", Ours), ("Sep", Sep), ("CsvHelper", Csv)];
        foreach (var table in (LakeTable[])[LakeTables.Transactions, LakeTables.Products, LakeTables.Causal])
        {
            var text = await File.ReadAllBytesAsync(await new JourneyCache(Seed).FileAsync(table.Name, scale, days: null, cancellationToken), cancellationToken);
            var times = readers.ToDictionary(reader => reader.Name, _ => new List<double>(), StringComparer.Ordinal);
            HashSet<ReadRows> answers = [];
            for (var run = 0; run <= runs; run++)
            {
                // Each run begins with another one, so that none always follows the same.
                foreach (var (name, read) in readers.Skip(run % readers.Length).Concat(readers.Take(run % readers.Length)))
                {
                    GC.Collect();
                    var started = Stopwatch.GetTimestamp();
                    answers.Add(read(table, text));
                    if (run > 0)
                    {
                        times[name].Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                    }
                }
            }

            if (answers.Count != 1)
            {
                await Console.Error.WriteLineAsync($"The readers disagree on {table.Name}: {string.Join("; ", answers)}");
                return 1;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Name}, {text.Length / 1e6:F1} MB, {answers.Single().Rows} rows, {runs} runs:"));
            foreach (var (name, _) in readers)
            {
                var seconds = Statistics.Median(times[name]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-10} {seconds * 1000,8:F1} ms  {text.Length / 1e6 / seconds,7:F0} MB/s  {seconds / Statistics.Median(times["ours"]),5:F2} ×"));
            }
        }

        return 0;
    }

    private static ReadRows Ours(LakeTable table, byte[] text)
    {
        var folder = Directory.CreateTempSubdirectory("readers-");
        try
        {
            Directory.CreateDirectory(new LakeLayout(folder.FullName).Staging);
            using var quarantine = new QuarantineSpool(new LakeLayout(folder.FullName), capacity: 1_000);
            using var loader = new RowLoader(table, quarantine, new IngestionOptions());
            long rows = 0;
            loader.Batch = new RowBatch(table);
            var (start, end) = (0, 0);
            while (end < text.Length)
            {
                end = Math.Min(end + PieceBytes, text.Length);
                int taken;
                for (; loader.Take(text.AsSpan(start..end), end == text.Length, out taken) is LoadStep.BatchFull; start += taken)
                {
                    rows += loader.Batch.Rows;
                    loader.Batch.Clear();
                }

                start += taken;
            }

            return new ReadRows(rows + loader.Batch.Rows, loader.Rows.Read - rows - loader.Batch.Rows);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ReadRows Sep(LakeTable table, byte[] text)
    {
        using var reader = nietras.SeparatedValues.Sep.New(',').Reader(options => options with { Unescape = true }).From(text);
        var rows = new TypedRows(table, reader.Header.ColNames);
        foreach (var row in reader)
        {
            rows.Begin(row.ColCount);
            for (var column = 0; column < row.ColCount; column++)
            {
                rows.Add(column, row[column].Span);
            }

            rows.End();
        }

        return rows.Read;
    }

    private static ReadRows Csv(LakeTable table, byte[] text)
    {
        using var reader = CsvReader.Create(text);
        reader.ReadHeader();
        var rows = new TypedRows(table, [.. reader.Headers]);
        while (reader.Read())
        {
            rows.Begin(reader.FieldCount);
            for (var column = 0; column < reader.FieldCount; column++)
            {
                rows.Add(column, reader.GetSpan(column));
            }

            rows.End();
        }

        return rows.Read;
    }
}

/// <summary>What a reader made of a file.</summary>
/// <param name="Rows">Rows that are right.</param>
/// <param name="Faulty">Rows that are not.</param>
internal sealed record ReadRows(long Rows, long Faulty);
