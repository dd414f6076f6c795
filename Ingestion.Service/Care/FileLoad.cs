namespace Dunnhumby.Ingestion.Service.LakeCare;

/// <summary>Rows of a load in a file.</summary>
internal sealed record FileLoad(long LoadId, long Rows);
