using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.OpenLineage;

/// <summary>Sends events in the background and in their order. Who adds one never waits: what finds no room, or nobody who takes it, is counted and left out.</summary>
internal sealed partial class OpenLineageSender(
    IHttpClientFactory clients, IOptions<OpenLineageOptions> options, TimeProvider time, ILogger<OpenLineageSender> logger) : BackgroundService
{
    internal const string Client = "openlineage";

    /// <summary>Some dozens of runs.</summary>
    internal const int Capacity = 2_000;

    private const int Attempts = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Func<JsonObject>> _events = Channel.CreateBounded<Func<JsonObject>>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Said once until an event gets through again.</summary>
    private bool _isSaid;

    /// <summary>Whether anybody is told.</summary>
    internal bool IsOn => options.Value.IsOn;

    /// <summary>Has an event made and sent, later.</summary>
    internal void Add(Func<JsonObject> made)
    {
        if (IsOn && !_events.Writer.TryWrite(made))
        {
            Drop("full");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var made in _events.Reader.ReadAllAsync(stoppingToken))
        {
            await SendAsync(made(), stoppingToken);
        }
    }

    private async Task SendAsync(JsonObject lineage, CancellationToken cancellationToken)
    {
        var body = lineage.ToJsonString();
        for (var attempt = 1; ; attempt++)
        {
            var trouble = await TrySendAsync(body, cancellationToken);
            if (trouble is null)
            {
                _isSaid = false;
                OpenLineageTelemetry.Events.Add(1, new KeyValuePair<string, object?>("dunnhumby.outcome", "sent"));
                return;
            }

            // What the receiver does not want, it will not want again.
            if (attempt == Attempts || trouble is { StatusCode: >= System.Net.HttpStatusCode.BadRequest and < System.Net.HttpStatusCode.InternalServerError })
            {
                Drop("refused", trouble);
                return;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <returns>Why it was not taken; null when it was.</returns>
    private async Task<HttpRequestException?> TrySendAsync(string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.OpenLineageUrl) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (options.Value.OpenLineageApiKey.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.OpenLineageApiKey);
        }

        try
        {
            using var client = clients.CreateClient(Client);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? null : new HttpRequestException($"It answered {(int)response.StatusCode}.", inner: null, response.StatusCode);
        }
        catch (HttpRequestException unreachable)
        {
            return unreachable;
        }
        catch (Exception late) when (!cancellationToken.IsCancellationRequested && late is OperationCanceledException or TimeoutException or Polly.ExecutionRejectedException)
        {
            return new HttpRequestException("It did not answer in time.", late);
        }
    }

    private void Drop(string reason, Exception? trouble = null)
    {
        OpenLineageTelemetry.Events.Add(1, new KeyValuePair<string, object?>("dunnhumby.outcome", reason));
        if (!_isSaid)
        {
            _isSaid = true;
            Log.Dropped(logger, options.Value.OpenLineageUrl, reason, trouble);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "OpenLineage events for {Address} are left out ({Reason}): Marquez or the like lacks them, runs go on. Said once until an event is taken")]
        public static partial void Dropped(ILogger logger, string address, string reason, Exception? trouble);
    }
}

internal static class OpenLineageTelemetry
{
    private static readonly Meter Meter = new("Dunnhumby.Transform");

    /// <summary>Events by what became of them: sent, refused, full.</summary>
    internal static readonly Counter<long> Events = Meter.CreateCounter<long>("dunnhumby.transform.openlineage.events", "{event}", "OpenLineage events, by what became of them.");
}
