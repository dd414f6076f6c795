using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Dunnhumby.Hosting.Local.Telemetry.Traces;
using Google.Protobuf;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Receiver;

/// <summary>Several senders and readers at once, far beyond the limits.</summary>
public sealed class SoakTests
{
    private const int Senders = 4;
    private const int Batches = 150;
    private const int SpansPerTrace = 20;

    [Fact]
    public async Task Export_FromManySendersWhileRead_StaysWithinTheLimits()
    {
        var ingestion = new Ingestion(limits =>
        {
            limits.Logs = 500;
            limits.Traces = 200;
            limits.PointsPerStream = 100;
        });
        using var sent = new CancellationTokenSource();
        var reading = Task.Run(() => Read(ingestion, sent.Token), TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => Send(ingestion, sender), TestContext.Current.CancellationToken)));
        await sent.CancelAsync();
        (await reading).ShouldBeGreaterThan(0);

        // 4 senders · 150 batches = 600 traces of 20 spans and 12,000 logs were sent.
        ingestion.Store.Logs.Count.ShouldBe(500);
        ingestion.Store.Traces.Count.ShouldBe(200);
        ingestion.Store.Traces.SpanCount.ShouldBe(200 * SpansPerTrace);
        ingestion.Store.Metrics.PointCount.ShouldBe(Senders * 100);
        ingestion.Store.Resources.List().Count.ShouldBe(Senders);
    }

    private static void Send(Ingestion ingestion, int sender)
    {
        var service = $"sender-{sender}";
        for (var batch = 0; batch < Batches; batch++)
        {
            var traceId = Payload.Id(16);
            ingestion.Otlp.Export(Payload.Traces(service, Enumerable.Range(1, SpansPerTrace).Select(number => Payload.Span(traceId, Payload.SpanId((byte)number), number == 1 ? ByteString.Empty : Payload.SpanId(1)))));
            ingestion.Otlp.Export(Payload.Logs(service, Enumerable.Range(0, SpansPerTrace).Select(number => Payload.Log($"log {batch} {number}", milliseconds: batch))));
            ingestion.Otlp.Export(Payload.Metrics(service, MetricSamples.Counter("batches", batch, batch)));
        }
    }

    private static int Read(Ingestion ingestion, CancellationToken sent)
    {
        var rounds = 0;
        while (!sent.IsCancellationRequested)
        {
            ingestion.Store.Logs.Query(new LogQuery { Text = "log" }).Total.ShouldBeLessThanOrEqualTo(500);
            var traces = ingestion.Store.Traces.Query(new TraceQuery());
            traces.Total.ShouldBeLessThanOrEqualTo(200);
            if (traces.Items.Count > 0 && ingestion.Store.Traces.Find(traces.Items[0].TraceId) is { } trace)
            {
                trace.Spans.Count.ShouldBe(trace.Summary.Spans);
            }

            foreach (var resource in ingestion.Store.Resources.List())
            {
                ingestion.Store.Metrics.Chart(new() { Resource = resource.Id, Instrument = new("tests.meter", "batches") });
            }

            rounds++;
        }

        return rounds;
    }
}
