namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>Rows of a load in a file.</summary>
internal sealed record FileLoad(long LoadId, long Rows);
