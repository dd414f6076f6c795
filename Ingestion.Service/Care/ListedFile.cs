namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>A file that the catalog lists.</summary>
/// <param name="LoadId">The load that wrote it; null for a compacted file.</param>
/// <param name="Compacted">The loads of a compacted file; none otherwise.</param>
internal sealed record ListedFile(string Path, long? LoadId, long Rows, long Bytes, IReadOnlyList<FileLoad> Compacted)
{
    /// <summary>The table it belongs to: the first folder of its path.</summary>
    internal string Table => Path[..Path.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The loads whose rows it holds.</summary>
    internal IReadOnlyList<FileLoad> Loads => LoadId is { } own ? [new FileLoad(own, Rows)] : Compacted;
}
