namespace Dunnhumby.Dashboard.Web.Uploads;

/// <summary>A file as the browser announces it.</summary>
public sealed record ChosenFile(int Id, string Name, long Size);
