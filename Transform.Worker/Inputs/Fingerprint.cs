using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Publishing;

namespace Dunnhumby.Transform.Worker.Inputs;

/// <summary>What a version depends on, as one hash: the content of its loads, the settings, the models and the shape of the published tables.</summary>
internal static class Fingerprint
{
    internal static string Of(LakeInputs inputs, TransformSettings settings, ModelCatalog models)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var load in inputs.Loads)
        {
            // Not its files: where the rows are does not change them, and compaction must not cause a rebuild.
            Append(hash, $"{load.Id} {load.Dataset} {load.Sha256}");
        }

        Append(hash, settings.ToJson());
        foreach (var file in models.Models.Append(models.Macros).Concat(models.Tests).Concat(models.DataTests))
        {
            Append(hash, file.Text);
        }

        foreach (var table in PublishedTables.All)
        {
            Append(hash, $"{table.Name} {string.Join(' ', table.Key)} {string.Join(' ', table.Indexes)}");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Parts are set apart by their length, so that none can run into the next.</summary>
    private static void Append(IncrementalHash hash, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
