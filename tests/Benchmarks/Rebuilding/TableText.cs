using System.Data.Common;
using System.Globalization;

namespace Dunnhumby.Benchmarks.Rebuilding;

/// <summary>A result as text that is the same whichever database it came from: column names, then a line per row.</summary>
internal static class TableText
{
    internal static void Write(DbDataReader reader, string path)
    {
        using var output = new StreamWriter(path);
        output.WriteLine(string.Join('\t', Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)));
        while (reader.Read())
        {
            for (var field = 0; field < reader.FieldCount; field++)
            {
                output.Write(field == 0 ? "" : "\t");
                output.Write(reader.IsDBNull(field) ? "" : Show(reader.GetValue(field)));
            }

            output.WriteLine();
        }
    }

    /// <summary>The first line that differs, in words; null when the files are the same.</summary>
    internal static string? FirstDifference(string ours, string theirs)
    {
        using var left = File.ReadLines(ours).GetEnumerator();
        using var right = File.ReadLines(theirs).GetEnumerator();
        for (var line = 1; ; line++)
        {
            var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
            if (!hasLeft && !hasRight)
            {
                return null;
            }

            if (hasLeft != hasRight || !string.Equals(left.Current, right.Current, StringComparison.Ordinal))
            {
                return $"line {line}: {(hasLeft ? left.Current : "no more")} / {(hasRight ? right.Current : "no more")}";
            }
        }
    }

    /// <summary>Decimals without trailing zeros: 1.50 and 1.5 are the same amount.</summary>
    private static string Show(object value) => value switch
    {
        decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
