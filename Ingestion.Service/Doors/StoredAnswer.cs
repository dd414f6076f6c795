namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>The answer to a request, as it is kept.</summary>
internal sealed record StoredAnswer(int Status, string? Location, string ContentType, string Body);
