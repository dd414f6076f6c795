namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>A file that a merge wrote and put in place; the catalog does not list it yet.</summary>
internal sealed record MergedFile(string Path, long Bytes, IReadOnlyList<FileLoad> Loads);
