using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Inputs;

/// <summary>What a version, or a part of it, depends on, as one hash: the content of its loads, the settings, the models and tests, what is said of them, the shape of the published tables.</summary>
internal static class Fingerprint
{
    /// <summary>That of a whole version.</summary>
    internal static string Of(LakeInputs inputs, TransformSettings settings, ModelCatalog models) =>
        Hash(
            inputs.Loads.Select(Describe)
                .Append(settings.ToJson())
                .Append(models.Macros)
                .Concat(models.Models.Select(model => model.Recipe))
                .Concat(models.Models.Select(model => model.Declaration.Documentation))
                .Concat(models.Tests.Select(test => test.Query))
                .Concat(models.DataTests.Select(Describe)));

    /// <summary>That of what makes tables of loads, whatever the loads are.</summary>
    internal static string OfRecipe(TransformSettings settings, ModelCatalog models) => Hash(
    [
        settings.ToJson(),
        models.Macros,
        .. models.Models.Select(model => model.Recipe),
        .. models.Tests.Select(test => test.Query),
        .. models.DataTests.Select(Describe),
        .. LakeTables.All.SelectMany(table => table.Columns.Select(column => $"{table.Name} {table.Unit} {column.Name} {column.Kind}")),
    ]);

    /// <summary>
    /// That of each part by its name: the published tables, the models of notices and the data tests; and of tables on a schedule, under another name, that of how they
    /// are made, whatever the loads are. What does not take part in making it does not count.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> OfParts(LakeInputs inputs, TransformSettings settings, ModelCatalog models)
    {
        return models.Published.Select(model => (model.Name, Own: "", MadeFrom: models.MadeFrom([model.Name])))
            .Concat(models.Notices.Select(model => (model.Name, Own: "", MadeFrom: models.MadeFrom([model.Name]))))
            .Concat(models.DataTests.Select(test => (test.Name, Own: Describe(test), MadeFrom: models.MadeFrom(test.Inputs))))
            .Select(part => KeyValuePair.Create(part.Name, Hash([part.Own, .. Making(part.MadeFrom), .. Loads(part.MadeFrom)])))
            .Concat(models.Published.Where(model => model.IsScheduled).Select(model => KeyValuePair.Create(MakingOf(model.Name), Hash(Making(models.MadeFrom([model.Name]))))))
            .ToDictionary(StringComparer.Ordinal);

        IEnumerable<string> Making(IReadOnlySet<string> madeFrom) =>
        [
            settings.ToJson(),
            models.Macros,
            .. models.Models.Where(model => madeFrom.Contains(model.Name)).Select(model => model.Recipe),
            .. models.Tests.Where(test => madeFrom.Contains(test.Stops)).Select(test => test.Query),
        ];

        IEnumerable<string> Loads(IReadOnlySet<string> madeFrom) => inputs.Loads.Where(load => madeFrom.Contains(load.Dataset)).Select(Describe);
    }

    /// <summary>Those of a version of which some parts wait for their time: these are as the version before has them.</summary>
    internal static IReadOnlyDictionary<string, string> While(IReadOnlySet<string> waiting, IReadOnlyDictionary<string, string> parts, IReadOnlyDictionary<string, string> before)
    {
        var kept = waiting.SelectMany<string, string>(part => [part, MakingOf(part)]).ToHashSet(StringComparer.Ordinal);
        return parts.Where(part => !kept.Contains(part.Key)).Concat(before.Where(part => kept.Contains(part.Key))).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The published tables on a schedule that a version is without, or has as another build made them: their time has come.</summary>
    internal static IReadOnlyList<string> Unmade(ModelCatalog models, IReadOnlyDictionary<string, string> parts, IReadOnlyDictionary<string, string> ofVersion) =>
    [
        .. models.Published.Where(model => model.IsScheduled && !string.Equals(ofVersion.GetValueOrDefault(MakingOf(model.Name)), parts[MakingOf(model.Name)], StringComparison.Ordinal))
            .Select(model => model.Name),
    ];

    private static string MakingOf(string table) => $"making of {table}";

    /// <summary>Not its files: where the rows are does not change them, and compaction must not cause a rebuild.</summary>
    private static string Describe(InputLoad load) => $"{load.Id} {load.Dataset} {load.Sha256}";

    private static string Describe(DataTest test) => $"{test.Name}\n{test.Notice}\n{test.Query}";

    /// <summary>Parts are set apart by their length, so that none can run into the next.</summary>
    private static string Hash(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var bytes in parts.Select(Encoding.UTF8.GetBytes))
        {
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
