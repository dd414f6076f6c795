using Dunnhumby.SampleData.Baskets;

namespace Dunnhumby.SampleData.Files;

/// <summary>One of the eight files: its header and its rows in chunks that can be made in any order.</summary>
internal abstract class DatasetFile(string dataset, string header)
{
    /// <summary>Name of the data set.</summary>
    internal string Dataset => dataset;

    /// <summary>The header without line end.</summary>
    internal string Header => header;

    internal abstract int Chunks { get; }

    /// <summary>Whether writing all chunks tells what the planted effects did.</summary>
    internal virtual bool Measures => false;

    /// <summary>Writes a chunk's rows.</summary>
    internal abstract void Write(int chunk, CsvBuffer buffer, Tally tally);
}
