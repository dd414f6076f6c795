using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Dunnhumby.Hosting.Local.Telemetry.Traces;
using Google.Protobuf;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Receiver;

/// <summary>
/// A thousand spans a second, each with a log, through the real receiver, read by three pages: for <c>SOAK_SECONDS</c>, five by default. The longer it runs,
/// the more its memory says; it is printed.
/// </summary>
public sealed class SteadySoakTests(ITestOutputHelper output)
{
    private const int TracesPerTick = 10;
    private const int SpansPerTrace = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ReadingPace = TimeSpan.FromMilliseconds(250);

    /// <summary>What a full store may take: the limits allow for more only with long texts.</summary>
    private const long MostBytes = 1_200_000_000;

    [Fact]
    public async Task Export_AThousandSpansASecond_LosesNoneAndStaysBounded()
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("SOAK_SECONDS") ?? "5", CultureInfo.InvariantCulture);
        var ticks = seconds * (int)(TimeSpan.FromSeconds(1) / Tick);
        await using var host = new ReceiverHost();
        await host.InitializeAsync();
        using var sent = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var readers = Enumerable.Range(0, 3).Select(_ => ReadAsync(host.Store, sent.Token)).ToList();

        var started = Stopwatch.StartNew();
        var slowest = TimeSpan.Zero;
        for (var tick = 0; tick < ticks; tick++)
        {
            var due = (Tick * tick) - started.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, TestContext.Current.CancellationToken);
            }

            var began = started.Elapsed;
            await SendAsync(host.Http);
            slowest = started.Elapsed - began is var took && took > slowest ? took : slowest;
            if (tick % 300 == 299)
            {
                Report(host.Store, started.Elapsed);
            }
        }

        var elapsed = started.Elapsed;
        await sent.CancelAsync();
        var rounds = await Task.WhenAll(readers);
        Report(host.Store, elapsed);
        output.WriteLine($"{ticks * TracesPerTick * SpansPerTrace / elapsed.TotalSeconds:0} spans/s; slowest request {slowest.TotalMilliseconds:0} ms; readers' rounds {string.Join(", ", rounds)}");

        var limits = new TelemetryLimits();
        host.Store.Traces.Count.ShouldBe(Math.Min(ticks * TracesPerTick, limits.Traces));
        host.Store.Traces.SpanCount.ShouldBe(Math.Min(ticks * TracesPerTick, limits.Traces) * SpansPerTrace);
        host.Store.Logs.Count.ShouldBe(Math.Min(ticks * TracesPerTick * SpansPerTrace, limits.Logs));
        GC.GetTotalMemory(forceFullCollection: true).ShouldBeLessThan(MostBytes);
        rounds.ShouldAllBe(count => count > 0);
    }

    private void Report(TelemetryStore store, TimeSpan elapsed)
    {
        using var process = Process.GetCurrentProcess();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:0} s: {store.Traces.SpanCount} spans of {store.Traces.Count} traces, {store.Logs.Count} logs; heap {GC.GetTotalMemory(forceFullCollection: false) / 1e6:0} MB, working set {process.WorkingSet64 / 1e6:0} MB"));
    }

    /// <summary>What the pages of traces, of logs and of one trace ask, at the pace at which pages ask.</summary>
    private static async Task<int> ReadAsync(TelemetryStore store, CancellationToken sent)
    {
        using var timer = new PeriodicTimer(ReadingPace);
        var rounds = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(sent))
            {
                store.Logs.Query(new LogQuery { Text = "number 7" });
                var traces = store.Traces.Query(new TraceQuery());
                store.Traces.Find(traces.Items.Count > 0 ? traces.Items[0].TraceId : "none");
                rounds++;
            }
        }
        catch (OperationCanceledException) when (sent.IsCancellationRequested)
        {
            // All was sent.
        }

        return rounds;
    }

    private static async Task SendAsync(HttpClient http)
    {
        var spans = new List<Span>();
        var logs = new List<LogRecord>();
        for (var trace = 0; trace < TracesPerTick; trace++)
        {
            var traceId = Payload.Id(16);
            for (byte number = 1; number <= SpansPerTrace; number++)
            {
                var span = Payload.Span(traceId, Payload.SpanId(number), number == 1 ? ByteString.Empty : Payload.SpanId(1), $"GET /orders/{{id}} {number}", number);
                span.Attributes.Add([Payload.Attribute("http.request.method", "GET"), Payload.Attribute("url.path", $"/orders/{number}"), Payload.Attribute("server.address", "localhost")]);
                spans.Add(span);
                var log = Payload.Log($"Order number {number} was asked for");
                log.TraceId = traceId;
                log.SpanId = span.SpanId;
                logs.Add(log);
            }
        }

        await PostAsync(http, "v1/traces", Payload.Traces("soak", spans));
        await PostAsync(http, "v1/logs", Payload.Logs("soak", logs));
    }

    private static async Task PostAsync(HttpClient http, string path, IMessage message)
    {
        using var content = new ByteArrayContent(message.ToByteArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };
        using var response = await http.PostAsync(path, content, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
