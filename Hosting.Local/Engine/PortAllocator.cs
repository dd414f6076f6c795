using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;
using Dunnhumby.Hosting.Local.Servers;

namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Gives every endpoint its ports before anything starts, so that all references are known.</summary>
internal static class PortAllocator
{
    /// <param name="model">The application.</param>
    /// <param name="randomize">Whether fixed public ports are replaced by free ones, so that a test never meets a running application.</param>
    public static void Allocate(IEnumerable<IResource> model, bool randomize)
    {
        foreach (var resource in model)
        {
            foreach (var endpoint in resource.Endpoints())
            {
                var port = endpoint.Port is { } wanted && !randomize ? wanted : endpoint is { TargetPort: { } own, IsProxied: false } ? own : LoopbackPort.Next();

                // One process listens on the public port itself; several, or one that insists on a port, get ports of their own.
                var targets = resource.Replicas() > 1
                    ? Enumerable.Range(0, resource.Replicas()).Select(_ => LoopbackPort.Next())
                    : [endpoint.TargetPort ?? port];
                endpoint.Allocate(port, [.. targets]);
            }
        }
    }
}
