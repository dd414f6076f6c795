using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Dunnhumby.Insights.Api.Forms;

/// <summary>
/// A table as RFC 4180 with a header line and LF line ends. Decimals keep the scale of their column, flags are <c>true</c> and <c>false</c>,
/// null is an empty field. Text is made harmless and quoted by <see cref="CsvText"/>.
/// </summary>
internal static class CsvTable
{
    /// <summary>Writes the header and the reader's rows, and returns how many rows there were.</summary>
    internal static async Task<long> WriteAsync(DbDataReader row, PipeWriter output, CancellationToken cancellationToken)
    {
        var kinds = row.CellKinds();
        WriteText(string.Join(',', Enumerable.Range(0, row.FieldCount).Select(column => CsvText.Field(row.GetName(column)))), output);
        output.Write("\n"u8);
        var rows = 0L;
        for (; await row.ReadAsync(cancellationToken); rows++)
        {
            for (var column = 0; column < kinds.Length; column++)
            {
                output.Write(column == 0 ? ""u8 : ","u8);
                Write(row, column, kinds[column], output);
            }

            output.Write("\n"u8);
            if (output.UnflushedBytes >= TableFormats.FlushBytes)
            {
                await output.FlushAsync(cancellationToken);
            }
        }

        return rows;
    }

    private static void Write(DbDataReader row, int column, CellKind kind, PipeWriter output)
    {
        if (row.IsDBNull(column))
        {
            return;
        }

        switch (kind)
        {
            case CellKind.Integer:
                WriteNumber(row.GetInt64(column), output);
                break;
            case CellKind.Decimal:
                WriteNumber(row.GetDecimal(column), output);
                break;
            case CellKind.Flag:
                output.Write(row.GetBoolean(column) ? "true"u8 : "false"u8);
                break;
            default:
                WriteText(CsvText.Field(row.GetString(column)), output);
                break;
        }
    }

    private static void WriteNumber<T>(T number, PipeWriter output)
        where T : IUtf8SpanFormattable
    {
        const int Longest = 64;
        number.TryFormat(output.GetSpan(Longest), out var written, format: default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private static void WriteText(string text, PipeWriter output) => Encoding.UTF8.GetBytes(text, output);
}

/// <summary>Text as a field of a CSV file.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    /// <summary>
    /// The field, quoted when it needs to be. Text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises
    /// for CSV injection; numbers are not text and never pass through here.
    /// </summary>
    internal static string Field(string text)
    {
        var harmless = text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? '\'' + text : text;
        return harmless.AsSpan().ContainsAny(NeedQuotes) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
