namespace Dunnhumby.Transform.Worker.Inputs;

/// <summary>Everything that a run reads: the loads that were completed when it started, by id.</summary>
internal sealed record LakeInputs(IReadOnlyList<InputLoad> Loads)
{
    internal IReadOnlyList<InputLoad> Of(string dataset) =>
        [.. Loads.Where(load => string.Equals(load.Dataset, dataset, StringComparison.Ordinal) && load.Files.Count > 0)];
}
