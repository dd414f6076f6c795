using System.Globalization;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>
/// Tables of models that judge lines, beside the copies of the lake's files. The same loads with the same settings always make the same table, so each is made once and
/// kept while it is asked for.
/// </summary>
internal sealed class LineModels(ModelCatalog models)
{
    /// <summary>Two for each of the current and the kept versions, and some of stale tables.</summary>
    private const int MostKept = 24;

    private readonly Dictionary<string, Kept> _tables = new(StringComparer.Ordinal);
    private int _numbered;
    private long _uses;

    /// <summary>The table of a model for what is read, made when it is not there. One caller at a time.</summary>
    /// <param name="model">Its data sets are transactions or products.</param>
    /// <param name="reading">Without temporary tables or views.</param>
    /// <param name="mayDrop">Whether nobody else reads, so that tables that were not asked for lately can go.</param>
    internal async Task<string> MakeAsync(string model, LineReading reading, bool mayDrop)
    {
        var key = Key(model, reading.Sources);
        if (Find(key) is { } known)
        {
            return known;
        }

        while (mayDrop && _tables.Count >= MostKept)
        {
            var (oldest, kept) = _tables.MinBy(table => table.Value.LastUse);
            await reading.Warehouse.ExecuteAsync($"drop table {kept.Table}", CancellationToken.None);
            _tables.Remove(oldest);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{model}_{++_numbered}");
        var datasets = models.DatasetsOf(model);
        var views = LakeTables.All.Where(table => datasets.Contains(table.Name)).Select(table => $"create temp view {table.Name} as {reading.Counting(table)};");
        await reading.Warehouse.ExecuteAsync(
            $"{reading.Sources.Settings.Variables} {string.Join('\n', views)} {models.ViewsOf(model)} create table {name} as from {model}", CancellationToken.None);
        _tables[key] = new Kept(name) { LastUse = ++_uses };
        return name;
    }

    /// <summary>The table, if it was made.</summary>
    internal string? Find(string model, LineSources sources) => Find(Key(model, sources));

    internal void Clear() => _tables.Clear();

    private string? Find(string key)
    {
        if (_tables.GetValueOrDefault(key) is not { } kept)
        {
            return null;
        }

        kept.LastUse = ++_uses;
        return kept.Table;
    }

    private string Key(string model, LineSources sources)
    {
        var datasets = models.DatasetsOf(model);
        var loads = sources.Loads.Where(load => datasets.Contains(load.Dataset)).Select(load => load.Id.ToString(CultureInfo.InvariantCulture));
        return $"{model} {string.Join(' ', loads)} {sources.Settings.ToJson()}";
    }

    private sealed class Kept(string table)
    {
        internal string Table => table;

        internal long LastUse { get; set; }
    }
}
