namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>A merge did not give the rows that went in, or the catalog changed under it: nothing was changed.</summary>
internal sealed class MergeException(string message) : Exception(message);
