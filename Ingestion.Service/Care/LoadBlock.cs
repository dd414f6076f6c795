namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>Loads with the files that they share with nobody else: merged as a whole or not at all.</summary>
internal sealed class LoadBlock
{
    internal List<ListedFile> Files { get; } = [];

    internal HashSet<ListedLoad> All { get; } = [];

    /// <summary>Those whose rows count.</summary>
    internal IEnumerable<ListedLoad> Loads => All.Where(load => load.Counts).OrderBy(load => load.Id);

    internal long Bytes => Files.Sum(file => file.Bytes);

    internal long Rows => Files.Sum(file => file.Rows);

    /// <summary>Whether rows lie in its files that do not count any more.</summary>
    internal bool IsDirty => All.Any(load => !load.Counts);

    /// <summary>The blocks of a table's files, by their first load.</summary>
    internal static IEnumerable<LoadBlock> Of(IEnumerable<ListedFile> files, IReadOnlyDictionary<long, ListedLoad> loads)
    {
        var blocks = new Dictionary<long, LoadBlock>();
        foreach (var file in files)
        {
            var touched = file.Loads.Select(load => blocks.GetValueOrDefault(load.LoadId)).OfType<LoadBlock>().Distinct().ToList();
            var block = touched.Count > 0 ? touched[0] : new LoadBlock();
            foreach (var other in touched.Skip(1))
            {
                block.Files.AddRange(other.Files);
                block.All.UnionWith(other.All);
            }

            block.Files.Add(file);
            block.All.UnionWith(file.Loads.Select(load => loads[load.LoadId]));
            foreach (var load in block.All)
            {
                blocks[load.Id] = block;
            }
        }

        return blocks.Values.Distinct().OrderBy(block => block.All.Min(load => load.Id));
    }
}
