using System.Text.Json;

namespace Dunnhumby.Hosting.Local.Parameters;

/// <summary>Keeps generated parameters beside the data they open, readable by their owner only.</summary>
internal sealed class ParameterStore(DataDirectory directory)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    private readonly Lock _lock = new();

    public DataDirectory Directory => directory;

    /// <summary>The kept value, or a new one that is kept from now on.</summary>
    public string GetOrAdd(string name, Func<string> make)
    {
        lock (_lock)
        {
            var values = Read();
            if (!values.TryGetValue(name, out var value))
            {
                value = make();
                values[name] = value;
                Write(values);
            }

            return value;
        }
    }

    private SortedDictionary<string, string> Read() => File.Exists(directory.ParametersFile)
        ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(directory.ParametersFile)) ?? []
        : new SortedDictionary<string, string>(StringComparer.Ordinal);

    private void Write(SortedDictionary<string, string> values)
    {
        System.IO.Directory.CreateDirectory(directory.Root);
        var temporary = directory.ParametersFile + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, values, Format);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, directory.ParametersFile, overwrite: true);
    }
}
