using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>Finds files that the catalog lists and that are missing or torn: rows are lost, and every run that needs them fails.</summary>
internal sealed class FileFaults(LakeLayout layout)
{
    // What was whole stays whole: a file is never written twice. Only its size is looked at again.
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);

    /// <returns>One sentence per file at fault.</returns>
    internal IReadOnlyList<string> Find(LakeSnapshot lake)
    {
        List<string> faults = [];
        foreach (var file in lake.Files)
        {
            if (Fault(file) is { } fault)
            {
                faults.Add(fault);
                _whole.Remove(file.Path);
            }
            else
            {
                _whole.Add(file.Path);
            }
        }

        _whole.IntersectWith(lake.Files.Select(file => file.Path));
        return faults;
    }

    private string? Fault(ListedFile listed)
    {
        var file = new FileInfo(layout.FullPath(listed.Path));
        if (!file.Exists)
        {
            return $"{listed.Path} is missing: {listed.Rows} rows of {Loads(listed)} cannot be read.";
        }

        if (file.Length != listed.Bytes)
        {
            return $"{listed.Path} has {file.Length} bytes and should have {listed.Bytes}: it is torn. {listed.Rows} rows of {Loads(listed)} cannot be trusted.";
        }

        return _whole.Contains(listed.Path) || ParquetFooter.TryReadRows(file.FullName) == listed.Rows
            ? null
            : $"{listed.Path} has no readable footer of {listed.Rows} rows: it is torn. The rows of {Loads(listed)} cannot be trusted.";
    }

    private static string Loads(ListedFile file) =>
        file.Loads is [var only] ? $"load {only.LoadId}" : $"loads {file.Loads.Min(load => load.LoadId)} to {file.Loads.Max(load => load.LoadId)}";
}
