namespace Dunnhumby.Dashboard.Web.Uploads;

/// <summary>An upload that this browser began and did not finish: the same file, chosen again, goes on where it stopped.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Dataset">Null for an archive.</param>
public sealed record UnfinishedUpload(string Name, string? Dataset);
