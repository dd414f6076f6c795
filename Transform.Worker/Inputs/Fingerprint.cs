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

    /// <summary>That of each part by its name: the published tables, the models of notices and the data tests. What does not take part in making it does not count.</summary>
    internal static IReadOnlyDictionary<string, string> OfParts(LakeInputs inputs, TransformSettings settings, ModelCatalog models)
    {
        return models.Published.Select(model => (model.Name, Own: "", MadeFrom: models.MadeFrom([model.Name])))
            .Concat(models.Notices.Select(model => (model.Name, Own: "", MadeFrom: models.MadeFrom([model.Name]))))
            .Concat(models.DataTests.Select(test => (test.Name, Own: Describe(test), MadeFrom: models.MadeFrom(test.Inputs))))
            .ToDictionary(part => part.Name, part => Hash(Ingredients(part.Own, part.MadeFrom)), StringComparer.Ordinal);

        IEnumerable<string> Ingredients(string own, IReadOnlySet<string> madeFrom) =>
        [
            own,
            settings.ToJson(),
            models.Macros,
            .. models.Models.Where(model => madeFrom.Contains(model.Name)).Select(model => model.Recipe),
            .. models.Tests.Where(test => madeFrom.Contains(test.Stops)).Select(test => test.Query),
            .. inputs.Loads.Where(load => madeFrom.Contains(load.Dataset)).Select(Describe),
        ];
    }

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
