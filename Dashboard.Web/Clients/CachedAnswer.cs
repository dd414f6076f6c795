namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>An answer as it was given, and when the service last confirmed it.</summary>
internal sealed record CachedAnswer(string ETag, object Value, DateTimeOffset CheckedAt);
