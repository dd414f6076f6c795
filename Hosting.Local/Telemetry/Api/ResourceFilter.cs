namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>The query string of <c>GET /api/telemetry/resources</c>.</summary>
/// <param name="Resource">An id, or a name that replicas share.</param>
/// <param name="State">Such as <c>Running</c> or <c>Finished</c>, in any case.</param>
/// <param name="Health"><c>Healthy</c> or <c>Unhealthy</c>, in any case.</param>
/// <param name="Wait">Seconds to wait for a match, at most sixty.</param>
internal sealed record ResourceFilter(string? Resource, string? State, string? Health, int? Wait)
{
    public bool Matches(ApiResource resource) =>
        (Is(Resource, resource.Id) || Is(Resource, resource.Name)) && Is(State, resource.State) && Is(Health, resource.Health);

    private static bool Is(string? wanted, string? value) => string.IsNullOrEmpty(wanted) || string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);
}
