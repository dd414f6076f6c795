namespace Dunnhumby.Transform.Worker.Models;

/// <summary>An embedded SQL file: one query, after a comment that says its grain and inputs.</summary>
/// <param name="Name">The file's name without extension: for a model, the table it makes.</param>
/// <param name="Text">The whole text.</param>
internal sealed record SqlFile(string Name, string Text)
{
    private const string GrainMark = "-- grain:";
    private const string InputsMark = "-- inputs:";
    private const string StopsMark = "-- stops:";
    private const string NoticeMark = "-- notice:";
    private const string NoInputs = "none";

    /// <summary>What one row is, in words.</summary>
    internal string Grain => Header(GrainMark);

    /// <summary>The tables that the query reads.</summary>
    internal IReadOnlyList<string> Inputs => Header(InputsMark) is NoInputs
        ? []
        : Header(InputsMark).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Of a test: the model that may not be published while the test finds rows.</summary>
    internal string Stops => Header(StopsMark);

    /// <summary>Of a test: the tables that it reads.</summary>
    internal IReadOnlyList<string> Tested => Text.Contains(InputsMark, StringComparison.Ordinal) ? [Stops, .. Inputs] : [Stops];

    /// <summary>Of a data test: what it says of the rows it finds, for readers of a version.</summary>
    internal string Notice => Header(NoticeMark);

    /// <summary>The comment's first line: of a test, what it demands.</summary>
    internal string Summary => Text.Split('\n')[0].TrimStart('-', ' ').TrimEnd();

    /// <summary>Reads an embedded file, by its path below <c>Models</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    internal static SqlFile Embedded(string path)
    {
        using var stream = typeof(SqlFile).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"{path} is not embedded.");
        using var reader = new StreamReader(stream);
        return new SqlFile(Path.GetFileNameWithoutExtension(path), reader.ReadToEnd());
    }

    private string Header(string mark)
    {
        var line = Text.Split('\n').FirstOrDefault(line => line.StartsWith(mark, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The model {Name} has no line '{mark}'.");
        return line[mark.Length..].Trim();
    }
}
