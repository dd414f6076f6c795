using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Dunnhumby.ServiceDefaults.Telemetry;

/// <summary>
/// Records every trace but those that begin with a call to somebody else: nobody asked for that call, so it is one of the looks (for a message, a run, a
/// version) that come every second and would bury the work. The parent's decision holds for all spans below it, in this service and the one called.
/// </summary>
internal sealed class WorkSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
