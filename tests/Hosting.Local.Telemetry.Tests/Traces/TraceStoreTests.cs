using Dunnhumby.Hosting.Local.Telemetry.Filters;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Dunnhumby.Hosting.Local.Telemetry.Traces;
using Google.Protobuf;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Traces;

public sealed class TraceStoreTests
{
    private readonly ByteString _traceId = Payload.Id(16);

    [Fact]
    public void Find_SpansInAnyOrderFromTwoServices_AreOneTree()
    {
        // root(0) ─ a(10) ─ c(30)
        //         └ b(20)
        var root = Payload.Span(_traceId, Payload.SpanId(1), name: "root", startMilliseconds: 0);
        var a = Payload.Span(_traceId, Payload.SpanId(2), Payload.SpanId(1), "a", 10);
        var b = Payload.Span(_traceId, Payload.SpanId(3), Payload.SpanId(1), "b", 20);
        var c = Payload.Span(_traceId, Payload.SpanId(4), Payload.SpanId(2), "c", 30);
        c.Status = new Status { Code = 2 };
        (string Service, Span Span)[] sent = [("first", root), ("first", a), ("second", b), ("second", c)];

        foreach (var order in Permutations([0, 1, 2, 3]))
        {
            var ingestion = new Ingestion();
            foreach (var index in order)
            {
                ingestion.Otlp.Export(Payload.Traces(sent[index].Service, sent[index].Span));
            }

            var trace = ingestion.Store.Traces.Find(Convert.ToHexString(_traceId.Span)).ShouldNotBeNull();
            trace.Summary.Name.ShouldBe("root");
            (trace.Summary.Start, trace.Summary.Duration).ShouldBe((Payload.NewYearTime, TimeSpan.FromMilliseconds(40)));
            trace.Summary.Resources.Select(part => (part.Resource.Name, part.Spans, part.Errors)).ShouldBe([("first", 2, 0), ("second", 2, 1)]);
            trace.Depth.ShouldBe(3);
            trace.Spans.Select(row => (row.Span.Name, row.Depth, row.Offset.TotalMilliseconds, row.Children, row.Descendants))
                .ShouldBe([("root", 0, 0, 2, 3), ("a", 1, 10, 1, 1), ("c", 2, 30, 0, 0), ("b", 1, 20, 0, 0)]);
        }
    }

    [Fact]
    public void Find_RootMissing_NamesTheTraceAfterItsEarliestSpanUntilItComes()
    {
        var ingestion = new Ingestion();
        ingestion.Otlp.Export(Payload.Traces("late", Payload.Span(_traceId, Payload.SpanId(2), Payload.SpanId(1), "child", 5)));
        var id = Convert.ToHexString(_traceId.Span);
        ingestion.Store.Traces.Find(id).ShouldNotBeNull().Summary.Name.ShouldBe("child");
        ingestion.Store.Traces.Find(id).ShouldNotBeNull().Spans[0].IsOrphan.ShouldBeTrue();

        // Its clock is behind: it starts after its child.
        ingestion.Otlp.Export(Payload.Traces("late", Payload.Span(_traceId, Payload.SpanId(1), name: "root", startMilliseconds: 8)));

        var trace = ingestion.Store.Traces.Find(id).ShouldNotBeNull();
        trace.Summary.Name.ShouldBe("root");
        trace.Spans.Select(row => (row.Span.Name, row.Depth, row.Offset.TotalMilliseconds, row.IsOrphan)).ShouldBe([("root", 0, 3, false), ("child", 1, 0, false)]);
    }

    [Fact]
    public void Find_ParentsInARing_ShowsEverySpanOnce()
    {
        var ingestion = new Ingestion();
        ingestion.Otlp.Export(Payload.Traces(
            "ring",
            Payload.Span(_traceId, Payload.SpanId(1), Payload.SpanId(3), "one", 10),
            Payload.Span(_traceId, Payload.SpanId(2), Payload.SpanId(1), "two", 20),
            Payload.Span(_traceId, Payload.SpanId(3), Payload.SpanId(2), "three", 30),
            Payload.Span(_traceId, Payload.SpanId(4), Payload.SpanId(4), "self", 40)));

        ingestion.Store.Traces.Find(Convert.ToHexString(_traceId.Span)).ShouldNotBeNull()
            .Spans.Select(row => (row.Span.Name, row.Depth)).ShouldBe([("one", 0), ("two", 1), ("three", 2), ("self", 0)]);
    }

    [Fact]
    public void Find_AChainOfTenThousandSpans_IsBuiltWithoutDeepRecursion()
    {
        var ingestion = new Ingestion();
        var ids = Enumerable.Range(1, 10_000).Select(number => ByteString.CopyFrom(BitConverter.GetBytes((long)number))).ToList();
        ingestion.Otlp.Export(Payload.Traces("chain", ids.Select((id, index) => Payload.Span(_traceId, id, index == 0 ? null : ids[index - 1], startMilliseconds: index))));

        ingestion.Store.Traces.Find(Convert.ToHexString(_traceId.Span)).ShouldNotBeNull().Depth.ShouldBe(10_000);
    }

    [Fact]
    public void Add_TheSameSpanTwice_KeepsOne()
    {
        var ingestion = new Ingestion();
        var request = Payload.Traces("retry", Payload.Span(_traceId, Payload.SpanId(1)));

        ingestion.Otlp.Export(request);
        ingestion.Otlp.Export(request).PartialSuccess.ShouldBeNull();

        ingestion.Store.Traces.SpanCount.ShouldBe(1);
    }

    [Fact]
    public void Add_BeyondTheLimits_DropsTheTracesThatCameFirst()
    {
        var ingestion = new Ingestion(limits => limits.Traces = 3);

        // The first to come is the last to have started: arrival counts.
        for (var number = 0; number < 5; number++)
        {
            ingestion.Otlp.Export(Payload.Traces("many", Payload.Span(Payload.Id(16), Payload.SpanId(1), name: $"trace {number}", startMilliseconds: 100 - number)));
        }

        ingestion.Store.Traces.Query(new TraceQuery()).Items.Select(trace => trace.Name).ShouldBe(["trace 2", "trace 3", "trace 4"]);
        ingestion.Store.Traces.SpanCount.ShouldBe(3);
    }

    [Fact]
    public void Add_BeyondTheSpansOfAll_DropsWholeTraces()
    {
        var ingestion = new Ingestion(limits => limits.Spans = 5);
        for (byte number = 1; number <= 4; number++)
        {
            var traceId = Payload.Id(16);
            ingestion.Otlp.Export(Payload.Traces("many", Payload.Span(traceId, Payload.SpanId(1)), Payload.Span(traceId, Payload.SpanId(2))));
        }

        (ingestion.Store.Traces.Count, ingestion.Store.Traces.SpanCount).ShouldBe((2, 4));
    }

    [Fact]
    public void Add_BeyondTheSpansOfATrace_IsPartialSuccess()
    {
        var ingestion = new Ingestion(limits => limits.SpansPerTrace = 2);

        var response = ingestion.Otlp.Export(Payload.Traces("long", Enumerable.Range(1, 5).Select(number => Payload.Span(_traceId, Payload.SpanId((byte)number)))));

        (response.PartialSuccess.RejectedSpans, response.PartialSuccess.ErrorMessage).ShouldBe((3, "A trace keeps at most 2 spans."));
        ingestion.Store.Traces.SpanCount.ShouldBe(2);
    }

    [Fact]
    public void Query_Filters_FindWhatTheySay()
    {
        var ingestion = new Ingestion();
        Send(ingestion, "api", "GET /households", 1, ("http.request.method", "GET"), ("http.response.status_code", "200"));
        Send(ingestion, "api", "GET /baskets", 2, ("http.request.method", "GET"), ("http.response.status_code", "500"));
        Send(ingestion, "worker", "lake", 3, ("db.system.name", "postgresql"));
        Send(ingestion, "worker", "loads publish", 4, ("messaging.system", "rabbitmq"));

        Names(new TraceQuery()).ShouldBe(["loads publish", "lake", "GET /baskets", "GET /households"]);
        Names(new TraceQuery { Resource = "API" }).ShouldBe(["GET /baskets", "GET /households"]);
        Names(new TraceQuery { Types = SpanTypes.Database | SpanTypes.Messaging }).ShouldBe(["loads publish", "lake"]);
        Names(new TraceQuery { Text = "HOUSE" }).ShouldBe(["GET /households"]);
        Names(new TraceQuery { HasError = true }).ShouldBe(["GET /baskets"]);
        Names(new TraceQuery { Filters = [new FieldFilter("http.response.status_code", FilterCondition.GreaterThanOrEqual, "400")] }).ShouldBe(["GET /baskets"]);
        Names(new TraceQuery { Filters = [new FieldFilter(FilterFields.Text, FilterCondition.NotContains, "get")] }).ShouldBe(["loads publish", "lake"]);
        Names(new TraceQuery { OldestFirst = true, Offset = 1, Count = 2 }).ShouldBe(["GET /baskets", "lake"]);
        ingestion.Store.Traces.Query(new TraceQuery { Offset = 3, Count = 2 }).ShouldSatisfyAllConditions(page => page.Total.ShouldBe(4), page => page.Items.Count.ShouldBe(1));

        IEnumerable<string> Names(TraceQuery query) => ingestion.Store.Traces.Query(query).Items.Select(trace => trace.Name);
    }

    [Fact]
    public void Clear_OfAResource_ForgetsTheTracesItHasAPartIn()
    {
        var ingestion = new Ingestion();
        ingestion.Otlp.Export(Payload.Traces("api", Payload.Span(_traceId, Payload.SpanId(1))));
        ingestion.Otlp.Export(Payload.Traces("worker", Payload.Span(_traceId, Payload.SpanId(2), Payload.SpanId(1))));
        Send(ingestion, "api", "alone", 1);

        ingestion.Store.Clear(TelemetrySignal.Traces, "worker");

        ingestion.Store.Traces.Query(new TraceQuery()).Items.ShouldHaveSingleItem().Name.ShouldBe("alone");
        ingestion.Store.Traces.SpanCount.ShouldBe(1);
    }

    private static void Send(Ingestion ingestion, string service, string name, int startMilliseconds, params (string Key, string Value)[] attributes)
    {
        var span = Payload.Span(Payload.Id(16), Payload.SpanId(1), name: name, startMilliseconds: startMilliseconds);
        span.Attributes.AddRange(attributes.Select(attribute => Payload.Attribute(attribute.Key, attribute.Value)));
        span.Status = attributes.Contains(("http.response.status_code", "500")) ? new Status { Code = 2 } : null;
        ingestion.Otlp.Export(Payload.Traces(service, span));
    }

    private static IEnumerable<int[]> Permutations(int[] items) =>
        items.Length <= 1 ? [items] : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));
}
