namespace Dunnhumby.Contracts.Loads;

/// <summary>A short-lived permission to upload, for a browser that must not hold the ingest key.</summary>
/// <param name="Ticket">Sent as <c>Authorization: Bearer …</c> with <c>POST /loads/{dataset}</c>; good for uploads only.</param>
/// <param name="ExpiresAt">After this the ticket is refused (an upload under way goes on).</param>
public sealed record UploadTicket(string Ticket, DateTimeOffset ExpiresAt);
