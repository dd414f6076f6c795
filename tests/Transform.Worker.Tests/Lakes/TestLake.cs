using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.TestSupport.Lakes;
using Dunnhumby.Transform.Worker.Inputs;

namespace Dunnhumby.Transform.Worker.Tests.Lakes;

/// <summary>A lake in a temporary folder whose Parquet files DuckDB writes: the service under test did not write what it reads.</summary>
public sealed class TestLake : IDisposable
{
    private readonly List<InputLoad> _loads = [];
    private readonly HashSet<long> _withdrawn = [];

    public string Root { get; } = Directory.CreateTempSubdirectory("lake-test-").FullName;

    internal LakeLayout Layout => new(Root);

    internal LakeInputs Inputs => new([.. _loads.Where(load => !_withdrawn.Contains(load.Id))]);

    /// <summary>Adds a load of a CSV file with a header line in the original order of columns; blank text is null.</summary>
    internal InputLoad AddFile(string dataset, string csvPath)
    {
        var id = _loads.Count + 1;
        var (relative, rows) = LakeFiles.Write(Root, dataset, id, csvPath);
        var load = new InputLoad(id, dataset, $"sha-{id}", rows, DateTimeOffset.UnixEpoch.AddMinutes(id), [relative]);
        _loads.Add(load);
        return load;
    }

    /// <summary>Adds a load of rows without header, one per line.</summary>
    internal InputLoad Add(string dataset, params IEnumerable<string> rows)
    {
        var table = LakeTables.Find(dataset) ?? throw new ArgumentException($"No data set {dataset}.", nameof(dataset));
        var csv = Path.Combine(Root, "rows.csv");
        File.WriteAllLines(csv, rows.Prepend(string.Join(',', table.Columns.Select(column => column.Header))));
        return AddFile(dataset, csv);
    }

    /// <summary>Adds a replay of <paramref name="mended"/>: rows that belong to that load.</summary>
    internal InputLoad AddReplay(InputLoad mended, params IEnumerable<string> rows)
    {
        Add(mended.Dataset, rows);
        return _loads[^1] = _loads[^1] with { ReplaysLoadId = mended.Id };
    }

    /// <summary>Takes a load out of the inputs, as its withdrawal does; its files stay.</summary>
    internal void Withdraw(InputLoad load) => _withdrawn.Add(load.Id);

    /// <summary>Puts a load into the inputs again, as if it had ended only now.</summary>
    internal void Restore(InputLoad load) => _withdrawn.Remove(load.Id);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
