using System.Globalization;
using System.Text;
using Dunnhumby.Ingestion.Service.Tests.Hosting;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>
/// What public collections of malformed CSV files have in them, made here for the products: structure, quoting, encodings, truncation. Each begins with good rows.
/// </summary>
internal static class Families
{
    private const string Row = "11,69,GROCERY,National,BUTTER,BUTTER,1 LB";
    private const string Other = "12,2,MEAT,Private,BEEF,CHOICE BEEF,";

    /// <summary>By name, the bytes.</summary>
    internal static IEnumerable<(string Name, byte[] File)> All() => Structure().Concat(Quoting()).Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Csv))).Concat(Encodings()).Concat(Truncation());

    private static string Good(params string[] lines) => Csv.File([Csv.ProductHeader, Row, .. lines]);

    private static IEnumerable<(string Name, string Csv)> Structure()
    {
        yield return ("nothing but a line end", "\n");
        yield return ("separator hint", "sep=,\n" + Good(Other));
        yield return ("separator hint of another", "sep=;\n" + Good(Other));
        yield return ("comment before the header", "# exported\n" + Good(Other));
        yield return ("comment between rows", Good("# checked", Other));
        yield return ("blank lines everywhere", "\n\n" + Csv.ProductHeader + "\n\n" + Row + "\n\n\n" + Other + "\n\n");
        yield return ("totals row", Good(Other, "Total,2,,,,,"));
        yield return ("footer", Good(Other, "", "2 rows exported"));
        yield return ("two headers", Csv.ProductHeader + "\n" + Good(Other));
        yield return ("header in upper case and padded", " product_id ,\tMANUFACTURER, department,BRAND ,COMMODITY_DESC,SUB_COMMODITY_DESC,CURR_SIZE_OF_PRODUCT\n" + Row + "\n");
        yield return ("index column", "," + Csv.ProductHeader + "\n0," + Row + "\n");
        yield return ("ten thousand columns", string.Join(',', Enumerable.Range(0, 10_000).Select(column => $"c{column}")) + "\n");
        yield return ("known columns ten thousand times", string.Join(',', Enumerable.Repeat("BRAND,PRODUCT_ID", 5_000)) + "\n" + Row + "\n");
        yield return ("ten thousand fields in a row", Good(Other, string.Join(',', Enumerable.Repeat("1", 10_000))));
        yield return ("commas only", Good(new string(',', 6), new string(',', 5), new string(',', 7)));
        yield return ("trailing separators everywhere", Csv.ProductHeader + ",\n" + Row + ",\n");
        yield return ("tabs", Good(Other).Replace(',', '\t'));
        yield return ("pipes", Good(Other).Replace(',', '|'));
        yield return ("one row with semicolons", Good(Other.Replace(',', ';')));
        yield return ("CR CR LF", Good(Other).Replace("\n", "\r\r\n", StringComparison.Ordinal));
        yield return ("LF CR", Good(Other).Replace("\n", "\n\r", StringComparison.Ordinal));
        yield return ("line separators of Unicode", Good(Other).Replace("\n", "\u2028", StringComparison.Ordinal));
        yield return ("next lines inside a text", Good("13,2,ME\u0085AT,Private,BE\u2028EF,A\fB\vC,"));
        yield return ("huge number", Good(new string('9', 100_000) + ",2,MEAT,Private,BEEF,x,"));
        yield return ("leading zeros", Good(new string('0', 40) + "12,2,MEAT,Private,BEEF,x,"));
        yield return ("spaces around separators", Good("12 , 2 , MEAT , Private , BEEF , x , "));
        yield return ("code with a long tail of wide characters", Good("12,2,MEAT," + new string('x', 19) + "😀😀,BEEF,x,"));
        yield return ("text of wide characters at the limit", Good("12,2," + string.Concat(Enumerable.Repeat("😀", 100)) + ",Private,BEEF,x,", "13,2," + string.Concat(Enumerable.Repeat("😀", 101)) + ",Private,BEEF,x,"));
    }

    private static IEnumerable<(string Name, string Csv)> Quoting()
    {
        yield return ("everything quoted", string.Join('\n', Good(Other).TrimEnd('\n').Split('\n').Select(line => string.Join(',', line.Split(',').Select(field => $"\"{field}\"")))));
        yield return ("empty quoted fields", Good("12,2,\"\",Private,\"\",\"\",\"\""));
        yield return ("empty quoted key", Good("\"\",2,MEAT,Private,BEEF,x,"));
        yield return ("quotes doubled", Good("12,2,\"5\"\" PIPE\",Private,\"\"\"\",\"a,b\","));
        yield return ("quotes escaped with a backslash", Good("12,2,\"5\\\" PIPE\",Private,BEEF,x,"));
        yield return ("quote inside unquoted text", Good("12,2,5\" PIPE,Private,BEEF,x,", Other));
        yield return ("space before a quote", Good("12,2, \"MEAT\",Private,BEEF,x,", Other));
        yield return ("space behind a quote", Good("12,2,\"MEAT\" ,Private,BEEF,x,", Other));
        yield return ("single quotes", Good("12,2,'MEAT, FRESH',Private,BEEF,x,", Other));
        yield return ("typographic quotes", Good("12,2,“MEAT”,Private,BEEF,x,", Other));
        yield return ("quote left open on the last row", Good("12,2,\"MEAT,Private,BEEF,x,"));
        yield return ("quote left open on a row in between", Good("12,2,\"MEAT,Private,BEEF,x,", Other.Replace("12", "14", StringComparison.Ordinal)));
        yield return ("quote left open, quoted rows behind", Good("12,2,\"MEAT,Private,BEEF,x,", "13,2,\"MEAT\",Private,BEEF,x,", "14,2,\"MEAT\",Private,BEEF,x,"));
        yield return ("quote left open, closed at the end of a field far below", Good(["12,2,\"MEAT,Private,BEEF,x,", .. Enumerable.Range(20, 50).Select(id => $"{id},2,MEAT,Private,BEEF,x,"), "99,2,MEAT\",Private,BEEF,x,"]));
        yield return ("quote left open in the header", "\"" + Good(Other));
        yield return ("quote that opens but for a comma", Good("12,2,\"MEAT\"\",Private,BEEF,x,", Other));
        yield return ("line breaks of all kinds in quotes", Good("12,2,\"a\nb\r\nc\rd\",Private,BEEF,x,", Other.Replace("12", "15", StringComparison.Ordinal)));
        yield return ("nothing but quotes", Good("\"\"", "\"\"\"\"", "\"\",\"\",\"\",\"\",\"\",\"\",\"\""));
        yield return ("JSON inside a field", Good("12,2,\"{\"\"a\"\": [1, 2]}\",Private,BEEF,x,"));
        yield return ("formulas", Good("12,2,=1+1,Private,@SUM(A1),-2+3,+cmd|' /C calc'!A0"));
        yield return ("mark-up", Good("12,2,<script>alert(1)</script>,Private,&amp;,</td>,"));
    }

    private static IEnumerable<(string Name, byte[] File)> Encodings()
    {
        var text = Good("12,2,KÄSE,Private,BEEF,😀,");
        yield return ("Latin-1", Encoding.Latin1.GetBytes(text));
        yield return ("UTF-8 with two marks", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);
        yield return ("a mark in the middle", Encoding.UTF8.GetBytes(text.Replace("KÄSE", "\uFEFFKÄSE", StringComparison.Ordinal)));
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true)])
        {
            yield return ($"{encoding.WebName} with its mark", [.. encoding.Preamble, .. encoding.GetBytes(text)]);
            yield return ($"{encoding.WebName} without a mark", encoding.GetBytes(text));
            yield return ($"{encoding.WebName}, a mark and nothing else", [.. encoding.Preamble]);
        }

        yield return ("UTF-16 with half a character", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Good("12,2,K?SE,Private,BEEF,x,")).Select(value => value == (byte)'?' ? (byte)0xD8 : value)]);
        yield return ("UTF-16 of an odd length", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text), (byte)'x']);
        yield return ("UTF-16 that was UTF-8", [0xFF, 0xFE, .. Encoding.UTF8.GetBytes(text)]);
        foreach (var (name, bytes) in (IEnumerable<(string, byte[])>)[("overlong", [0xC0, 0xAF]), ("surrogate", [0xED, 0xA0, 0x80]), ("beyond Unicode", [0xF4, 0x90, 0x80, 0x80]), ("five bytes long", [0xF8, 0x88, 0x80, 0x80, 0x80]), ("cut", [0xE2, 0x82]), ("continued", [0x80, 0xBF]), ("NUL", [0]), ("NULs", new byte[512]), ("escape", [0x1B, (byte)'[', (byte)'2', (byte)'J']), ("end of file", [0x1A])])
        {
            yield return ($"{name} bytes in a text", [.. Encoding.UTF8.GetBytes($"{Csv.ProductHeader}\n{Row}\n12,2,K"), .. bytes, .. Encoding.UTF8.GetBytes("SE,Private,BEEF,x,\n13,2,MEAT,Private,BEEF,x,\n")]);
            yield return ($"{name} bytes at the end", [.. Encoding.UTF8.GetBytes(Good(Other)), .. bytes]);
        }

        // The digits and capitals of EBCDIC.
        yield return ("EBCDIC", [0xD7, 0xD9, 0xD6, 0xC4, 0xE4, 0xC3, 0xE3, 0x6D, 0xC9, 0xC4, 0x15, 0xF1, 0xF2, 0x15]);
        yield return ("a PDF", [.. "%PDF-1.7\n"u8, 0xE2, 0xE3, 0xCF, 0xD3, .. "\n1 0 obj\n"u8]);
        yield return ("a PNG", [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 13]);
        yield return ("a Parquet file", [.. "PAR1"u8, 0x15, 4, 0, 0, 0xFF]);
        yield return ("HTML", "<!doctype html><html><body>Sign in</body></html>"u8.ToArray());
        yield return ("JSON", "[{\"PRODUCT_ID\": 11}]\n"u8.ToArray());
    }

    /// <summary>A file with everything in it, cut behind each of its bytes.</summary>
    private static IEnumerable<(string Name, byte[] File)> Truncation()
    {
        var whole = Encoding.UTF8.GetBytes(Csv.File(Csv.ProductHeader, Row, "12,2,\"KÄ,\"\"SE\"\"\r\n😀\",Private,BEEF,x,\"1\"").Replace("\n1", "\r\n1", StringComparison.Ordinal));
        for (var length = Csv.ProductHeader.Length - 3; length <= whole.Length; length++)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"cut behind byte {length}"), whole[..length]);
        }
    }
}
