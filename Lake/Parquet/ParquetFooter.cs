using ParquetSharp;

namespace Dunnhumby.Lake.Parquet;

/// <summary>Whether a Parquet file is whole, as its end tells.</summary>
public static class ParquetFooter
{
    /// <summary>The number of rows that the file's footer states; null when there is no footer that can be read: the file is torn.</summary>
    public static long? TryReadRows(string path)
    {
        try
        {
            using var file = new ParquetFileReader(path);
            return file.FileMetaData.NumRows;
        }
        catch (ParquetException)
        {
            return null;
        }
    }
}
