using System.Text.Json;

namespace Dunnhumby.Contracts.Loads;

/// <summary>One file of a batch and what became of it.</summary>
/// <param name="Path">Its path in the archive.</param>
/// <param name="Dataset">Told by its name; null when it is none of the eight.</param>
/// <param name="Outcome">One of <see cref="UploadOutcomes"/>; null while it waits or runs.</param>
/// <param name="Load">Its load: the new one, the one that holds the same content, or the failed one; null when there is none.</param>
/// <param name="Problem">Why it was not loaded, as problem details; null when it was.</param>
public sealed record BatchFile(string Path, string? Dataset, string? Outcome, Load? Load, JsonElement? Problem)
{
    /// <summary>What a dry run found; null otherwise.</summary>
    public UploadCheck? Check { get; init; }
}
