namespace Dunnhumby.Benchmarks.Journeys;

/// <summary>
/// A copy of a CSV file that is a little different in every run: two neighbouring rows near its beginning change places. Ingestion answers the same bytes
/// at once with the first load, so each run needs bytes of its own; exchanged rows keep size, rows and values.
/// </summary>
internal sealed class ChangingFile : IDisposable
{
    private const int HeadBytes = 64 * 1_024;

    private ChangingFile(string path) => Path = path;

    internal string Path { get; }

    internal long Length => new FileInfo(Path).Length;

    internal static ChangingFile CopyOf(string source, string folder)
    {
        var path = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(source));
        File.Copy(source, path, overwrite: true);
        return new ChangingFile(path);
    }

    /// <summary>Exchanges the rows <paramref name="run"/> + 1 and <paramref name="run"/> + 2 below the header.</summary>
    internal void Change(int run)
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite);
        var head = new byte[Math.Min(HeadBytes, file.Length)];
        file.ReadExactly(head);
        var first = Skip(head, lines: run + 1);
        var second = Skip(head, lines: run + 2);
        var end = Skip(head, lines: run + 3);
        byte[] exchanged = [.. head[second..end], .. head[first..second]];
        if (head.AsSpan(first..second).SequenceEqual(head.AsSpan(second..end)))
        {
            throw new InvalidOperationException($"Rows {run + 1} and {run + 2} of {Path} are equal: exchanging them changes nothing.");
        }

        file.Position = first;
        file.Write(exchanged);
    }

    public void Dispose() => File.Delete(Path);

    private static int Skip(byte[] text, int lines)
    {
        var position = 0;
        for (var line = 0; line < lines; line++)
        {
            position = Array.IndexOf(text, (byte)'\n', position) + 1;
        }

        return position;
    }
}
