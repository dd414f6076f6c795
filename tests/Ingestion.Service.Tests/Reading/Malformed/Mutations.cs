using System.Text;
using CsCheck;
using Dunnhumby.TestSupport.Fuzzing;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>Damages files: single bytes, pieces, encodings.</summary>
internal static class Mutations
{
    /// <summary>What is put into a file: whatever means something to a CSV reader, and what is no text at all.</summary>
    private static readonly byte[][] Pieces =
    [
        .. ((string[])["\"", "\"\"", ",", "\n", "\r", "\r\n", ";", "\t", " ", "\\", "\\\"", "'", "\0", "-", ".", "e5", "NULL", "\uFEFF", "\u2028", "\u0085", "\f", "\v", "# note\n", "\n\n", "\",\"", "\"\n\"", "Total,", "sep=,\n", "😀", "\u00A0"]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE4], [0xF0, 0x9F], [0x1F, 0x8B], [0xFE, 0xFF], [0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
    ];

    private static readonly Encoding[] Encodings = [new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.Latin1, Encoding.UTF32];

    /// <summary>The bytes of a file, in UTF-8 most of the time, with up to four damages.</summary>
    internal static Gen<byte[]> Of(string csv) =>
        from choice in Gen.Int[-24, Encodings.Length - 1]
        from damages in Gen.Select(Gen.Int[0, 5], Gen.Double.Unit, Gen.Double.Unit, Pick.From(Pieces)).Array[0, 4]
        select damages.Aggregate(choice < 0 ? Encoding.UTF8.GetBytes(csv) : [.. Encodings[choice].GetPreamble(), .. Encodings[choice].GetBytes(csv)], Damage);

    private static byte[] Damage(byte[] file, (int Kind, double Where, double HowMuch, byte[] Piece) damage)
    {
        var at = (int)(damage.Where * file.Length);
        var length = Math.Min((int)(damage.HowMuch * 20), file.Length - at);
        return damage.Kind switch
        {
            0 or 1 => [.. file[..at], .. damage.Piece, .. file[at..]],
            2 => [.. file[..at], .. damage.Piece, .. file[(at + length)..]],
            3 => [.. file[..at], .. file[(at + length)..]],
            4 => [.. file[..(at + length)], .. file[at..]],
            _ => file[..at],
        };
    }
}
