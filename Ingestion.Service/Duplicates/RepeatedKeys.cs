using Dunnhumby.Lake.Tables;
using ParquetSharp;

namespace Dunnhumby.Ingestion.Service.Duplicates;

/// <summary>Compares repeated keys of the causal data with what the keys said first, by reading the written file once.</summary>
internal static class RepeatedKeys
{
    private const int ChunkRows = 16_384;

    /// <summary>The repeats that say something else than the first row of their key, in the order of the file.</summary>
    /// <param name="path">The finished Parquet file.</param>
    internal static IEnumerable<RepeatedKey> Conflicts(IReadOnlyList<RepeatedKey> repeated, string path)
    {
        var first = repeated.Select(row => row.Key).Distinct().ToDictionary(key => key, _ => -1);
        using var file = new ParquetFileReader(path);
        for (var group = 0; group < file.FileMetaData.NumRowGroups; group++)
        {
            using var rows = file.RowGroup(group);
            Look(rows, first);
        }

        return repeated.Where(row => first[row.Key] != row.Content);
    }

    private static void Look(RowGroupReader rows, Dictionary<(int, int, int), int> first)
    {
        using var products = rows.Column(0).LogicalReader<int>();
        using var stores = rows.Column(1).LogicalReader<int>();
        using var weeks = rows.Column(2).LogicalReader<int>();
        using var displays = rows.Column(3).LogicalReader<string>();
        using var mailers = rows.Column(4).LogicalReader<string>();
        var (product, store, week) = (new int[ChunkRows], new int[ChunkRows], new int[ChunkRows]);
        var (display, mailer) = (new string[ChunkRows], new string[ChunkRows]);
        for (var left = rows.MetaData.NumRows; left > 0; left -= ChunkRows)
        {
            var count = (int)Math.Min(left, ChunkRows);
            products.ReadBatch(product.AsSpan(0, count));
            stores.ReadBatch(store.AsSpan(0, count));
            weeks.ReadBatch(week.AsSpan(0, count));
            displays.ReadBatch(display.AsSpan(0, count));
            mailers.ReadBatch(mailer.AsSpan(0, count));
            for (var row = 0; row < count; row++)
            {
                var key = (product[row], store[row], week[row]);
                if (first.ContainsKey(key))
                {
                    first[key] = CausalRow.Content(Position(3, display[row]), Position(4, mailer[row]));
                }
            }
        }
    }

    private static int Position(int column, string code)
    {
        var codes = LakeTables.Causal.Columns[column].Codes ?? [];
        for (var index = 0; index < codes.Count; index++)
        {
            if (string.Equals(codes[index], code, StringComparison.Ordinal))
            {
                return index;
            }
        }

        throw new InvalidDataException($"The written file has the code '{code}', which was never accepted.");
    }
}
