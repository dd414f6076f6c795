namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>Why there is no answer, in words for people.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Title">One line.</param>
/// <param name="Detail">What happened and what to do, in whole sentences.</param>
/// <param name="TraceId">To find the request in the traces; null when there is none.</param>
public sealed record Trouble(TroubleKind Kind, string Title, string Detail, string? TraceId = null);
