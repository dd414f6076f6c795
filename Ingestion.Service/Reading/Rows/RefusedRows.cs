using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>Why a whole file is refused for one of its rows, or for having none.</summary>
internal static class RefusedRows
{
    internal static Rejection EmptyFile() =>
        new("empty-file", "The file is empty", "There is no header and no row. Send the file with its content.");

    internal static Rejection OpenQuote(long line, long offset) => At(line, offset, new Rejection(
        "open-quote",
        "A quote is never closed",
        $"The row in line {line} opens a quote that is not closed, so that everything after it would be one field. Close it, or double it if it is part of the text."));

    internal static Rejection TooLong(long maxBytes, long line, long offset) => At(line, offset, new Rejection(
        "row-too-long",
        "A row is too long",
        $"The row in line {line} is longer than {maxBytes} bytes. Look for a quote that is never closed."));

    internal static Rejection TooManyRepeats(int max, long line, long offset) => At(line, offset, new Rejection(
        "too-many-repeats",
        "Too many rows repeat a key",
        $"More than {max} rows repeat an earlier row's key. Remove repeated rows from the file."));

    internal static Rejection TooScattered() => new(
        "too-scattered",
        "There are too many scattered keys to check at once",
        "The file has so many stores, weeks and products, each with so few rows, that repeated keys cannot be found within the available memory. Split the file by store or week.");

    internal static Rejection TooManyKeys(long line, long offset) => At(line, offset, new Rejection(
        "too-many-keys",
        "The file has too many keys",
        $"With the row in line {line} there are more keys than can be checked for repeats within the available memory. Split the file: repeats across files are recognised as well."));

    private static Rejection At(long line, long offset, Rejection rejection) => rejection with { Line = line, ByteOffset = offset };
}
