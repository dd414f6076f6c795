using System.Runtime.InteropServices;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Tells when a file has stopped changing: nothing in a file system says that a copy is complete.</summary>
internal sealed class StableFiles(TimeSpan quiet, TimeProvider time)
{
    private readonly Dictionary<string, Look> _looks = new(StringComparer.Ordinal);

    /// <summary>Those that look as they did for the whole quiet time. Files that are gone are forgotten.</summary>
    internal List<FileInfo> Among(IEnumerable<FileInfo> files)
    {
        List<FileInfo> stable = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var file in files)
        {
            seen.Add(file.Name);
            var (length, changed) = (file.Length, file.LastWriteTimeUtc);
            if (!_looks.TryGetValue(file.Name, out var look) || look.Length != length || look.Changed != changed)
            {
                _looks[file.Name] = new Look(length, changed, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(look.Since) >= quiet)
            {
                stable.Add(file);
            }
        }

        foreach (var gone in _looks.Keys.Where(name => !seen.Contains(name)).ToList())
        {
            _looks.Remove(gone);
        }

        return stable;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Look(long Length, DateTime Changed, long Since);
}
