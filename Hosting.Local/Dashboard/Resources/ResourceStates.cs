using Dunnhumby.Hosting.Local.Telemetry.Api;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>The running resources for scripts; values are left out, they have no state.</summary>
internal sealed class ResourceStates(ResourceViews views) : IApplicationResources
{
    public IReadOnlyList<ApiResourceState> List() =>
    [
        .. views.List().Where(view => !view.IsValue).Select(view => new ApiResourceState(
            view.Id,
            view.Name,
            view.Type,
            view.State,
            view.Health switch { true => "Healthy", false => "Unhealthy", null => null },
            view.ExitCode,
            view.StateNote,
            view.StartedAt,
            [.. view.Urls.Select(url => url.Address)])),
    ];
}
