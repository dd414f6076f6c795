using Dunnhumby.Hosting.Local.Telemetry.Filters;
using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Google.Protobuf;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Logs;

public sealed class LogStoreTests
{
    [Fact]
    public void Add_BeyondTheLimit_DropsTheOldest()
    {
        var ingestion = new Ingestion(limits => limits.Logs = 10);

        for (var batch = 0; batch < 5; batch++)
        {
            ingestion.Otlp.Export(Payload.Logs("api", Enumerable.Range(batch * 5, 5).Select(number => Payload.Log($"log {number}", milliseconds: number))));
        }

        var page = ingestion.Store.Logs.Query(new LogQuery { OldestFirst = true });
        page.Items.Select(log => log.Message).ShouldBe(Enumerable.Range(15, 10).Select(number => $"log {number}"));
        page.Items.Select(log => log.Sequence).ShouldBe(Enumerable.Range(16, 10).Select(number => (long)number));
        ingestion.Store.Logs.Find(15).ShouldBeNull();
        ingestion.Store.Logs.Find(16).ShouldNotBeNull().Message.ShouldBe("log 15");
    }

    [Fact]
    public void Query_LogsOfSeveralSenders_AreInTheOrderOfTheirTimes()
    {
        var ingestion = new Ingestion();
        ingestion.Otlp.Export(Payload.Logs("slow", Payload.Log("second", milliseconds: 20)));
        ingestion.Otlp.Export(Payload.Logs("fast", Payload.Log("first", milliseconds: 10), Payload.Log("third", milliseconds: 30)));

        ingestion.Store.Logs.Query(new LogQuery()).Items.Select(log => log.Message).ShouldBe(["third", "second", "first"]);
    }

    [Fact]
    public void Query_Filters_FindWhatTheySay()
    {
        var ingestion = new Ingestion();
        var traced = Payload.Log("Load 7 failed.", severity: 17, milliseconds: 2);
        traced.TraceId = Payload.Id(16);
        traced.SpanId = Payload.SpanId(9);
        traced.Attributes.Add(Payload.Attribute("exception.message", "No space left"));
        traced.Attributes.Add(Payload.Attribute("rows", "1200"));
        ingestion.Otlp.Export(Payload.Logs("ingestion", Payload.Log("Load 7 began.", milliseconds: 1), traced));
        ingestion.Otlp.Export(Payload.Logs("worker", Payload.Log("Waiting.", severity: 5, milliseconds: 3), Payload.Log("Slow.", severity: 13, milliseconds: 4)));

        Messages(new LogQuery { Resource = "worker" }).ShouldBe(["Slow.", "Waiting."]);
        Messages(new LogQuery { MinimumSeverity = TelemetrySeverity.Warning }).ShouldBe(["Slow.", "Load 7 failed."]);
        Messages(new LogQuery { Text = "SPACE" }).ShouldBe(["Load 7 failed."]);
        Messages(new LogQuery { Text = "tests.category", Count = 1 }).ShouldBe(["Slow."]);
        Messages(new LogQuery { TraceId = Convert.ToHexString(traced.TraceId.Span) }).ShouldBe(["Load 7 failed."]);
        Messages(new LogQuery { SpanId = "0000000000000009" }).ShouldBe(["Load 7 failed."]);
        Messages(new LogQuery { Filters = [new FieldFilter("rows", FilterCondition.GreaterThan, "999")] }).ShouldBe(["Load 7 failed."]);
        Messages(new LogQuery { Filters = [new FieldFilter("rows", FilterCondition.LessThan, "999")] }).ShouldBeEmpty();
        Messages(new LogQuery { Filters = [new FieldFilter("service.name", FilterCondition.Equal, "WORKER"), new FieldFilter(FilterFields.Text, FilterCondition.NotEqual, "slow.")] }).ShouldBe(["Waiting."]);
        ingestion.Store.Logs.AttributeNames().ShouldBe(["exception.message", "rows"]);

        IEnumerable<string> Messages(LogQuery query) => ingestion.Store.Logs.Query(query).Items.Select(log => log.Message);
    }

    [Theory]
    [InlineData(1, "", TelemetrySeverity.Trace)]
    [InlineData(8, "", TelemetrySeverity.Debug)]
    [InlineData(9, "", TelemetrySeverity.Information)]
    [InlineData(16, "", TelemetrySeverity.Warning)]
    [InlineData(17, "", TelemetrySeverity.Error)]
    [InlineData(24, "", TelemetrySeverity.Critical)]
    [InlineData(0, "warning", TelemetrySeverity.Warning)]
    [InlineData(-7, "", TelemetrySeverity.Information)]
    [InlineData(25, "FATAL", TelemetrySeverity.Critical)]
    public void Add_Severity_IsTheRangeOfItsNumberOrItsWord(int number, string text, TelemetrySeverity expected)
    {
        var ingestion = new Ingestion();
        var record = Payload.Log("severe", number);
        record.SeverityText = text;

        ingestion.Otlp.Export(Payload.Logs("api", record));

        ingestion.Store.Logs.Query(new LogQuery()).Items[0].Severity.ShouldBe(expected);
    }

    [Fact]
    public void Add_WithoutTimesOrIds_IsNowAndWithoutTrace()
    {
        var ingestion = new Ingestion();
        ingestion.Time.SetUtcNow(Payload.NewYearTime.AddHours(5));

        ingestion.Otlp.Export(Payload.Logs("bare", new LogRecord { TraceId = ByteString.CopyFrom(1, 2, 3) }));

        var log = ingestion.Store.Logs.Query(new LogQuery()).Items[0];
        (log.Time, log.TraceId, log.Message).ShouldBe((Payload.NewYearTime.AddHours(5), null, ""));
    }

    [Fact]
    public void UnviewedErrors_CountUntilSomebodyLooks()
    {
        var ingestion = new Ingestion();
        ingestion.Otlp.Export(Payload.Logs("api", Payload.Log("bad", 17), Payload.Log("worse", 21), Payload.Log("fine")));
        ingestion.Otlp.Export(Payload.Logs("worker", Payload.Log("bad", 17)));
        var errors = ingestion.Store.Logs.UnviewedErrors;
        errors.Counts().OrderBy(count => count.Key, StringComparer.Ordinal).ShouldBe([new("api", 2), new("worker", 1)]);

        errors.MarkViewed("api");
        errors.Counts().ShouldBe([new("worker", 1)]);

        ingestion.Otlp.Export(Payload.Logs("api", Payload.Log("again", 17)));
        errors.Counts()["api"].ShouldBe(1);
        errors.MarkViewed();
        errors.Counts().ShouldBeEmpty();
    }

    [Fact]
    public void Clear_OfAResource_KeepsTheOthers()
    {
        var ingestion = new Ingestion();
        ingestion.Otlp.Export(Payload.Logs("api", Payload.Log("one", 17)));
        ingestion.Otlp.Export(Payload.Logs("worker", Payload.Log("two", 17)));

        ingestion.Store.Clear(TelemetrySignal.Logs, "api");

        ingestion.Store.Logs.Query(new LogQuery()).Items.ShouldHaveSingleItem().Message.ShouldBe("two");
        ingestion.Store.Logs.UnviewedErrors.Counts().Keys.ShouldBe(["worker"]);
        ingestion.Store.Clear(TelemetrySignal.All);
        ingestion.Store.Logs.Count.ShouldBe(0);
    }

    [Fact]
    public void Pause_OfLogs_ForgetsLogsAlone()
    {
        var ingestion = new Ingestion();
        ingestion.Store.Pause(TelemetrySignal.Logs);
        ingestion.Otlp.Export(Payload.Logs("api", Payload.Log("unheard")));
        ingestion.Otlp.Export(Payload.Traces("api", Payload.Span(Payload.Id(16), Payload.SpanId(1))));
        ingestion.Store.Paused.ShouldBe(TelemetrySignal.Logs);

        ingestion.Store.Resume(TelemetrySignal.Logs);
        ingestion.Otlp.Export(Payload.Logs("api", Payload.Log("heard")));

        ingestion.Store.Logs.Query(new LogQuery()).Items.ShouldHaveSingleItem().Message.ShouldBe("heard");
        ingestion.Store.Traces.Count.ShouldBe(1);
    }
}
