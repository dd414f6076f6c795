using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Dunnhumby.Transform.Worker.Models;

/// <summary>What a file of SQL says about itself, as YAML in the comment that it begins with. See docs/contributing.md for an example.</summary>
internal sealed class ModelDeclaration
{
    private const string Begin = "/* ---\n";
    private const string End = "\n--- */\n";

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    /// <summary>What the table holds.</summary>
    public string Description { get; set; } = "";

    /// <summary>What one row is, in words.</summary>
    public string Grain { get; set; } = "";

    /// <summary>The columns that tell rows apart: never null, and tested. The primary key when the table is published.</summary>
    public List<string> Key { get; set; } = [];

    /// <summary>
    /// Columns by which the rows depend on the inputs: the rows of one value of them are made from those rows of the inputs that have the same value in the
    /// columns of these names. Then a load makes anew only the values that it touches. Without any, all rows are made anew.
    /// </summary>
    public List<string> Partition { get; set; } = [];

    /// <summary>
    /// When the table is made: a Quartz cron expression in UTC, for one that takes long and need not be of this minute. Empty: with every load. A model that reads one on
    /// a schedule is on a schedule too.
    /// </summary>
    public string Schedule { get; set; } = "";

    /// <summary>Whether readers of a version get the table; otherwise only other models do.</summary>
    public bool Published { get; set; }

    /// <summary>Where listings of published tables show it; those without a place come last, by name.</summary>
    public int Place { get; set; } = int.MaxValue;

    /// <summary>Further indexes of the published table, as SQL: lists of columns, or <c>using gin (text insights.gin_trgm_ops)</c> for one of another kind.</summary>
    public List<string> Indexes { get; set; } = [];

    /// <summary>Whether the rows are a version's notices.</summary>
    public bool Notices { get; set; }

    /// <summary>Who answers for it.</summary>
    public string Owner { get; set; } = "";

    /// <summary>What the columns hold, by name: of a published table all of them.</summary>
    public Dictionary<string, DeclaredColumn> Columns { get; set; } = new(StringComparer.Ordinal);

    /// <summary>What is demanded of the table, besides its key.</summary>
    public List<DeclaredTest> Tests { get; set; } = [];

    /// <summary>Of a data test: what it says of the rows it finds, for readers of a version.</summary>
    public string Notice { get; set; } = "";

    /// <summary>What readers are told of the table, as one text: a version that says something else is a new one.</summary>
    internal string Documentation =>
        $"{Description}\n{Grain}\n{Owner}\n{Schedule}\n{string.Join('\n', Columns.Select(column => $"{column.Key}|{column.Value.Description}|{column.Value.Unit}|{column.Value.Source}|{column.Value.Additive}"))}";

    /// <summary>Parts a file into its declaration and its query.</summary>
    /// <exception cref="InvalidOperationException">There is no such comment, or it is not understood; the message says where.</exception>
    internal static (ModelDeclaration Declaration, string Query) Read(string file, string text)
    {
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (!text.StartsWith(Begin, StringComparison.Ordinal) || end < 0)
        {
            throw new InvalidOperationException($"{file} has to begin with a declaration: a line '{Begin.Trim()}', YAML, and a line '{End.Trim()}'.");
        }

        try
        {
            return (Yaml.Deserialize<ModelDeclaration>(text[Begin.Length..end]) ?? new ModelDeclaration(), text[(end + End.Length)..]);
        }
        catch (YamlException mistake)
        {
            throw new InvalidOperationException($"The declaration of {file} is not understood, line {mistake.Start.Line + 1}: {mistake.InnerException?.Message ?? mistake.Message}", mistake);
        }
    }
}

/// <summary>A column as a model declares it.</summary>
internal sealed class DeclaredColumn
{
    /// <summary>What a value says: a sentence for analysts.</summary>
    public string Description { get; set; } = "";

    /// <summary>What it is measured in, for example <c>dollars</c>; null where that makes no sense.</summary>
    public string? Unit { get; set; }

    /// <summary>Where its formula comes from; null where there is none.</summary>
    public string? Source { get; set; }

    /// <summary>
    /// Whether the sum over any rows means something: no cent, line, unit or redemption is counted in two of them. Rates never are, nor what is counted once per row and
    /// may be the same in several, as baskets and households.
    /// </summary>
    public bool Additive { get; set; }
}
