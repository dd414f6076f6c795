using System.Text;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>Recognises files that are not CSV by how they begin, so that the answer says what arrived and what to do with it. No header of a table begins like one of them.</summary>
internal static class ForeignFormats
{
    /// <summary>Bytes that are looked at: those of a tar archive's mark at 257, and some lines of text.</summary>
    internal const int HeadBytes = 512;

    /// <summary>The code of their rejection.</summary>
    internal const string Code = "unsupported-format";

    private const int TarMark = 257;
    private const int WideCharacters = 8;
    private const string Recompress = "Compress the CSV file with gzip or zstd, or send it as it is.";
    private const string Unpack = "Take the CSV file out of it and send that: plain, or compressed with gzip or zstd. Several data sets go into one zip archive.";
    private const string Export = "Export the table as CSV and send that.";
    private const string SaveSheet = "Save the sheet as CSV UTF-8 (comma delimited) and send that.";

    private static readonly (byte[] Magic, string Name, string Cure)[] Binary =
    [
        ([.. "BZh"u8], "compressed with bzip2", Recompress),
        ([0xFD, .. "7zXZ"u8, 0], "compressed with xz", Recompress),
        ([0x5D, 0, 0], "compressed with lzma", Recompress),
        ([.. "LZIP"u8], "compressed with lzip", Recompress),
        ([0x04, 0x22, 0x4D, 0x18], "compressed with lz4", Recompress),
        ([0x1F, 0x9D], "compressed with compress (.Z)", Recompress),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive", Unpack),
        ([.. "Rar!"u8, 0x1A, 0x07], "a RAR archive", Unpack),
        ([.. "PAR1"u8], "a Parquet file", Export),
        ([.. "PARE"u8], "an encrypted Parquet file", Export),
        ([.. "ORC"u8, 0], "an ORC file", Export),
        ([.. "Obj"u8, 1], "an Avro file", Export),
        ([.. "ARROW1"u8, 0], "an Arrow file", Export),
        ([.. "FEA1"u8], "a Feather file", Export),
        ([.. "SQLite format 3"u8, 0], "an SQLite database", Export),
        ([0x89, .. "HDF\r\n"u8], "an HDF5 file", Export),
        ([.. "RDX"u8], "an R data file", Export),
        ([.. "X\n"u8, 0, 0, 0], "an R data file", Export),
        ([0x80, 4, 0x95], "a Python pickle", Export),
        ([0x80, 5, 0x95], "a Python pickle", Export),
        ([.. "%PDF-"u8], "a PDF document", Export),
        ([0x89, .. "PNG\r\n"u8], "a PNG image", Export),
        ([0xFF, 0xD8, 0xFF], "a JPEG image", Export),
        ([.. "GIF8"u8], "a GIF image", Export),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an Excel workbook (.xls) or another document of old Office programs", SaveSheet),
    ];

    /// <summary>What the first bytes of a file say that is not read; null when they say nothing.</summary>
    /// <param name="isUnpacked">The file was compressed with gzip or zstd.</param>
    internal static Rejection? OfBytes(ReadOnlySpan<byte> head, bool isUnpacked)
    {
        foreach (var (magic, name, cure) in Binary)
        {
            if (head.StartsWith(magic))
            {
                return Foreign(name, cure);
            }
        }

        return head switch
        {
            _ when head.Length > TarMark && head[TarMark..].StartsWith("ustar"u8) => Foreign("a tar archive", Unpack),
            _ when UploadContent.IsZip(head) => isUnpacked && !IsOffice(head)
                ? Foreign("a zip archive that was compressed once more", "Send the zip archive itself.")
                : Zip(head),
            [0x1F, 0x8B, ..] or [0x28, 0xB5, 0x2F, 0xFD, ..] when isUnpacked => Foreign("compressed twice", "Decompress it once and send it again."),
            _ => Wide(head),
        };
    }

    /// <summary>What text says that is no CSV; null when it says nothing.</summary>
    internal static Rejection? OfText(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head).TrimStart();
        bool Has(string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
        return text switch
        {
            _ when text.StartsWith("version https://git-lfs.", StringComparison.Ordinal) =>
                Foreign("a git-LFS pointer and not the file that it stands for", "Fetch the file itself (git lfs pull) and send that."),
            _ when text.StartsWith("/annex/objects/", StringComparison.Ordinal) =>
                Foreign("a git-annex pointer and not the file that it stands for", "Fetch the file itself (git annex get) and send that."),
            ['<', ..] when Has("<!doctype html") || Has("<html") =>
                Foreign("an HTML page", "It may be the sign-in or error page of the site that should have sent the file: download the CSV file again and open it."),
            ['<', '?' or '!' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..] => Foreign("an XML document", Export),
            ['{', '\\', ..] => Foreign("an RTF document", Export),
            ['{' or '[', .. var rest] when rest.TrimStart() is ['"' or '{' or '[' or '}' or ']' or '-' or (>= '0' and <= '9'), ..] => Foreign("a JSON document", Export),
            ['-', '-', ..] when Has("content-disposition: form-data") => Foreign("a form (multipart/form-data)", "Send the file itself as the body: curl --data-binary @file.csv."),
            _ => null,
        };
    }

    /// <summary>What an archive is whose files have these names, if it is a document of an office program; else null.</summary>
    internal static Rejection? OfArchive(IReadOnlyCollection<string> names)
    {
        bool Holds(string folder) => names.Any(name => name.StartsWith(folder, StringComparison.OrdinalIgnoreCase));
        return names switch
        {
            _ when names.Contains("[Content_Types].xml", StringComparer.OrdinalIgnoreCase) => Holds("xl/") ? Foreign("an Excel workbook (.xlsx)", SaveSheet) : Foreign("an Office document", Export),
            _ when names.Contains("mimetype", StringComparer.Ordinal) && names.Contains("content.xml", StringComparer.Ordinal) => Foreign("an OpenDocument file (.ods)", SaveSheet),
            _ when Holds("Index/") && names.Any(name => name.EndsWith(".iwa", StringComparison.OrdinalIgnoreCase)) => Foreign("a Numbers spreadsheet", SaveSheet),
            _ => null,
        };
    }

    /// <summary>A zip archive where a CSV file is expected.</summary>
    private static Rejection Zip(ReadOnlySpan<byte> head) => IsOffice(head)
        ? Foreign("a spreadsheet or another Office document", SaveSheet)
        : new Rejection("nested-archive", "There is an archive in the archive", "Pack the CSV file itself: plain, or compressed with gzip or zstd.");

    /// <summary>Office programs write these files first.</summary>
    private static bool IsOffice(ReadOnlySpan<byte> head) => head.IndexOf("[Content_Types].xml"u8) > 0 || head.IndexOf("mimetypeapplication/vnd.oasis"u8) > 0;

    /// <summary>Text of an ASCII header in characters of two or four bytes has zeros in always the same places.</summary>
    private static Rejection? Wide(ReadOnlySpan<byte> head)
    {
        if (head.Length < 2 * WideCharacters)
        {
            return null;
        }

        Span<byte> zeros = stackalloc byte[2 * WideCharacters];
        for (var index = 0; index < zeros.Length; index++)
        {
            zeros[index] = (byte)(head[index] == 0 ? '0' : 'x');
        }

        return zeros switch
        {
            _ when zeros.SequenceEqual("x0x0x0x0x0x0x0x0"u8) || zeros.SequenceEqual("0x0x0x0x0x0x0x0x"u8) => Unknown("The file looks like UTF-16 without a byte-order mark."),
            _ when zeros.SequenceEqual("x000x000x000x000"u8) || zeros.SequenceEqual("000x000x000x000x"u8) => Unknown("The file looks like UTF-32."),
            _ => null,
        };

        static Rejection Unknown(string what) => Rejection.UnknownEncoding(what) with { Line = 1, ByteOffset = 0 };
    }

    private static Rejection Foreign(string name, string cure) => new(Code, "The file is not CSV", $"The file is {name}. {cure}");
}
