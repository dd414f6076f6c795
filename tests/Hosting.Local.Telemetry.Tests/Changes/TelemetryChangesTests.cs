using System.Collections.Concurrent;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Changes;

public sealed class TelemetryChangesTests
{
    private readonly Ingestion _ingestion = new();
    private readonly ConcurrentQueue<DateTimeOffset> _calls = [];

    [Fact]
    public async Task Subscribe_ManyChanges_CallsOncePerIntervalAndNeverMissesTheLast()
    {
        using var subscription = _ingestion.Store.Changes.Subscribe(TelemetrySignal.Logs, Count);
        Change();
        await CallsAsync(1);

        // The clock stands still: a hundred changes wait for the interval.
        for (var change = 0; change < 100; change++)
        {
            Change();
        }

        _calls.Count.ShouldBe(1);

        // The callback's own wait may begin a moment after its call: let time pass until the second call comes.
        await Eventually.GetAsync(() =>
        {
            _ingestion.Time.Advance(TimeSpan.FromMilliseconds(10));
            return _calls.Count == 2 ? "called" : null;
        });
        var calls = _calls.ToArray();
        (calls[1] - calls[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task Subscribe_CallbackThatThrows_IsCalledAgain()
    {
        using var subscription = _ingestion.Store.Changes.Subscribe(TelemetrySignal.Logs, async cancellationToken =>
        {
            await Count(cancellationToken);
            throw new InvalidOperationException("A bug of the page.");
        });
        Change();
        await CallsAsync(1);

        await Eventually.GetAsync(() =>
        {
            Change();
            _ingestion.Time.Advance(TimeSpan.FromMilliseconds(250));
            return _calls.Count >= 2 ? "called" : null;
        });
    }

    [Fact]
    public async Task Subscribe_OtherSignalsOrDisposed_IsNotCalled()
    {
        using var logs = _ingestion.Store.Changes.Subscribe(TelemetrySignal.Logs, Count);
        var disposed = _ingestion.Store.Changes.Subscribe(TelemetrySignal.All, _ => throw new InvalidOperationException("Disposed."));
        disposed.Dispose();

        _ingestion.Otlp.Export(Payload.Traces("api", Payload.Span(Payload.Id(16), Payload.SpanId(1))));
        Change();

        // Only the change of the logs came through.
        await CallsAsync(1);
        _calls.Count.ShouldBe(1);
    }

    private void Change() => _ingestion.Otlp.Export(Payload.Logs("api", Payload.Log("changed")));

    private Task Count(CancellationToken cancellationToken)
    {
        _calls.Enqueue(_ingestion.Time.GetUtcNow());
        return Task.CompletedTask;
    }

    private Task<string> CallsAsync(int count) => Eventually.GetAsync(() => _calls.Count >= count ? "called" : null);
}
