using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Decoding;

/// <summary>Finds or makes the resource and the scope that a batch came from.</summary>
internal sealed class ScopeDecoder(AttributeDecoder attributes, TelemetryStore store)
{
    public TelemetryResource Resource(Resource? resource) =>
        store.Resources.GetOrAdd(resource is null ? TelemetryAttributes.None : attributes.Decode(resource.Attributes, resource.DroppedAttributesCount));

    public TelemetryScope Scope(InstrumentationScope? scope) =>
        scope is null
            ? new TelemetryScope(string.Empty, string.Empty, TelemetryAttributes.None)
            : new TelemetryScope(attributes.Name(scope.Name), attributes.Name(scope.Version), attributes.Decode(scope.Attributes, scope.DroppedAttributesCount));
}
