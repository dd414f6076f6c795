namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>Files that become one.</summary>
/// <param name="Files">All files that hold rows of <paramref name="Loads"/>.</param>
/// <param name="Loads">The completed loads whose rows stay, by id; none when nothing of the files counts any more.</param>
internal sealed record MergeGroup(string Table, IReadOnlyList<ListedFile> Files, IReadOnlyList<ListedLoad> Loads);
