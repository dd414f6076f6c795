namespace Dunnhumby.Insights.Api.Versions;

/// <summary>Marks an endpoint whose answer depends on <c>Accept</c>, so that caches keep the forms apart.</summary>
internal sealed class Negotiated;
