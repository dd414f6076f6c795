using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Google.Protobuf;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Receiver;

/// <summary>Payloads that are well-formed and mean harm.</summary>
public sealed class HostileTests
{
    [Fact]
    public void Parse_AttributesNestedBeyondTheLimit_IsRefused()
    {
        // Each level is an array within a value: two messages, and the parser's limit is a hundred.
        var bytes = Nest(2_000);

        Should.Throw<InvalidProtocolBufferException>(() => AnyValue.Parser.ParseFrom(bytes)).Message.ShouldContain("recursion", Case.Insensitive);
    }

    [Fact]
    public void Export_DeepButAllowedNesting_IsKeptAsJson()
    {
        var ingestion = new Ingestion();
        var record = Payload.Log("deep");
        record.Attributes.Add(new KeyValue { Key = "deep", Value = AnyValue.Parser.ParseFrom(Nest(30)) });

        ingestion.Otlp.Export(Payload.Logs("hostile", record));

        ingestion.Store.Logs.Query(new LogQuery()).Items[0].Attributes.Find("deep").ShouldBe(new string('[', 30) + "null" + new string(']', 30));
    }

    [Fact]
    public void Export_TooManyAndTooLongAttributes_AreCut()
    {
        var ingestion = new Ingestion(limits =>
        {
            limits.Attributes = 3;
            limits.TextLength = 5;
        });
        // The fifth character is the first half of a surrogate pair, which must not be left alone.
        var record = Payload.Log("1234\U0001F600");
        record.Attributes.AddRange(Enumerable.Range(0, 10).Select(number => Payload.Attribute($"a{number}", "0123456789")));
        record.DroppedAttributesCount = 2;

        ingestion.Otlp.Export(Payload.Logs("hostile", record));

        var log = ingestion.Store.Logs.Query(new LogQuery()).Items[0];
        log.Message.ShouldBe("1234");
        log.Attributes.Items.ShouldBe([new("a0", "01234"), new("a1", "01234"), new("a2", "01234")]);
        // Seven beyond the limit and two that the sender dropped.
        log.Attributes.Dropped.ShouldBe(9);
    }

    [Fact]
    public void Export_HugeTexts_DropTheOldestLogs()
    {
        var ingestion = new Ingestion(limits => limits.TextPerSignal = 1000);

        ingestion.Otlp.Export(Payload.Logs("hostile", Enumerable.Range(0, 50).Select(number => Payload.Log($"{number:000}{new string('x', 97)}", milliseconds: number))));

        // A hundred characters each.
        var logs = ingestion.Store.Logs.Query(new LogQuery()).Items;
        logs.Count.ShouldBe(10);
        logs[^1].Message.ShouldStartWith("040");
    }

    [Fact]
    public void Export_ManyResources_ForgetsTheLeastRecent()
    {
        var ingestion = new Ingestion(limits => limits.Resources = 3);
        for (var number = 0; number < 10; number++)
        {
            ingestion.Time.Advance(TimeSpan.FromSeconds(1));
            ingestion.Otlp.Export(Payload.Metrics("keeper", MetricSamples.Gauge("kept", number, 1)));
            ingestion.Otlp.Export(Payload.Metrics($"service-{number}", MetricSamples.Gauge("gauge", number, 1)));
        }

        ingestion.Store.Resources.List().Select(resource => resource.Name).ShouldBe(["keeper", "service-8", "service-9"]);
        ingestion.Store.Metrics.StreamCount.ShouldBe(3);
    }

    /// <summary>Bytes of an array in an array in an array, from the inside out; the formatter itself would overflow its stack.</summary>
    private static byte[] Nest(int levels)
    {
        byte[] inner = [];
        for (var level = 0; level < levels; level++)
        {
            // ArrayValue.values = 1, within AnyValue.array_value = 5.
            inner = Field(5, Field(1, inner));
        }

        return inner;

        static byte[] Field(int number, byte[] content)
        {
            using var buffer = new MemoryStream();
            using (var output = new CodedOutputStream(buffer, leaveOpen: true))
            {
                output.WriteTag(number, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(content));
            }

            return buffer.ToArray();
        }
    }
}
