using Dunnhumby.Hosting.Local.Telemetry.Metrics;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Resources;
using Google.Protobuf.Collections;

namespace Dunnhumby.Hosting.Local.Telemetry.Decoding;

/// <summary>Reads the points of all five kinds of metrics; points that contradict themselves are rejected.</summary>
internal sealed class MetricDecoder(AttributeDecoder attributes, ScopeDecoder scopes, DistributionDecoder distributions, TimeProvider time)
{
    private const int Delta = 1;
    private const uint NoRecordedValue = 1;

    public IReadOnlyList<MetricSample> Decode(ExportMetricsServiceRequest request, Rejections rejections)
    {
        List<MetricSample> samples = [];
        foreach (var fromResource in request.ResourceMetrics)
        {
            var resource = scopes.Resource(fromResource.Resource);
            foreach (var fromScope in fromResource.ScopeMetrics)
            {
                var scope = scopes.Scope(fromScope.Scope);
                foreach (var metric in fromScope.Metrics)
                {
                    Decode(metric, resource, scope, samples, rejections);
                }
            }
        }

        return samples;
    }

    private void Decode(Metric metric, TelemetryResource resource, TelemetryScope scope, List<MetricSample> samples, Rejections rejections)
    {
        switch (metric.DataCase)
        {
            case Metric.DataOneofCase.Gauge:
                Numbers(metric.Gauge.DataPoints, Describe(InstrumentKind.Gauge));
                break;
            case Metric.DataOneofCase.Sum:
                Numbers(metric.Sum.DataPoints, Describe(InstrumentKind.Sum, metric.Sum.AggregationTemporality, metric.Sum.IsMonotonic));
                break;
            case Metric.DataOneofCase.Histogram:
                var histogram = Describe(InstrumentKind.Histogram, metric.Histogram.AggregationTemporality);
                foreach (var point in metric.Histogram.DataPoints)
                {
                    Add(histogram, point.Flags, point.TimeUnixNano, distributions.Decode(point, rejections), point.Attributes, point.Exemplars);
                }

                break;
            case Metric.DataOneofCase.ExponentialHistogram:
                var exponential = Describe(InstrumentKind.ExponentialHistogram, metric.ExponentialHistogram.AggregationTemporality);
                foreach (var point in metric.ExponentialHistogram.DataPoints)
                {
                    Add(exponential, point.Flags, point.TimeUnixNano, distributions.Decode(point, rejections), point.Attributes, point.Exemplars);
                }

                break;
            case Metric.DataOneofCase.Summary:
                var summary = Describe(InstrumentKind.Summary);
                foreach (var point in metric.Summary.DataPoints)
                {
                    Add(summary, point.Flags, point.TimeUnixNano, distributions.Decode(point, rejections), point.Attributes, []);
                }

                break;
            default:
                rejections.Add("A metric has points of one of the five kinds.");
                break;
        }

        InstrumentDescription Describe(InstrumentKind kind, int temporality = 0, bool isMonotonic = false) => new(
            new InstrumentKey(scope.Name, attributes.Name(metric.Name)),
            kind,
            attributes.Name(metric.Description),
            attributes.Name(metric.Unit),
            isMonotonic,
            temporality == Delta);

        void Numbers(RepeatedField<NumberDataPoint> points, InstrumentDescription instrument)
        {
            foreach (var point in points)
            {
                var value = point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble;
                if (HasValue(point.Flags))
                {
                    samples.Add(Sample(instrument, new MetricPoint(Time(point.TimeUnixNano), Time(point.TimeUnixNano), value, null), point.Attributes, point.Exemplars));
                }
            }
        }

        void Add(InstrumentDescription instrument, uint flags, ulong at, Distribution? distribution, RepeatedField<KeyValue> dimensions, RepeatedField<Exemplar> exemplars)
        {
            if (distribution is not null && HasValue(flags))
            {
                samples.Add(Sample(instrument, new MetricPoint(Time(at), Time(at), 0, distribution), dimensions, exemplars));
            }
        }

        MetricSample Sample(InstrumentDescription instrument, MetricPoint point, RepeatedField<KeyValue> dimensions, RepeatedField<Exemplar> exemplars) =>
            new(resource, instrument, attributes.Decode(dimensions, 0).Sorted(), point, exemplars.Count == 0 ? [] : [.. exemplars.Select(Decode).OrderBy(exemplar => exemplar.Time)]);
    }

    private static bool HasValue(uint flags) => (flags & NoRecordedValue) == 0;

    private DateTime Time(ulong nanoseconds) => OtlpTime.Or(nanoseconds, time.GetUtcNow()).UtcDateTime;

    private MetricExemplar Decode(Exemplar exemplar) => new(
        OtlpTime.Of(exemplar.TimeUnixNano),
        exemplar.ValueCase == Exemplar.ValueOneofCase.AsInt ? exemplar.AsInt : exemplar.AsDouble,
        OtlpId.Trace(exemplar.TraceId),
        OtlpId.Span(exemplar.SpanId),
        attributes.Decode(exemplar.FilteredAttributes, 0));
}
