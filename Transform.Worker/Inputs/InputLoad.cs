using Dunnhumby.Lake.Views;

namespace Dunnhumby.Transform.Worker.Inputs;

/// <summary>A completed load and its Parquet files.</summary>
/// <param name="Files">Paths relative to the lake's root.</param>
internal sealed record InputLoad(long Id, string Dataset, string Sha256, long Loaded, DateTimeOffset CompletedAt, IReadOnlyList<string> Files) : LakeLoad(Id, Files);
