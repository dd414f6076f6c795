using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Dunnhumby.Dashboard.Web.Tests.Stubs;

/// <summary>A service that answers from a table of addresses and remembers what it was asked.</summary>
internal sealed class StubService : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> _answers = new(StringComparer.Ordinal);

    internal ConcurrentQueue<(string Address, string? IfNoneMatch)> Asked { get; } = [];

    /// <summary>While this is set, every answer waits for it.</summary>
    internal TaskCompletionSource? Gate { get; set; }

    internal bool Unreachable { get; set; }

    internal HttpClient Client => new(this, disposeHandler: false) { BaseAddress = new Uri("http://service/") };

    internal void Answer(string address, object body, string? etag = null) => _answers[address] = request =>
    {
        if (etag is not null && request.Headers.IfNoneMatch.Any(tag => string.Equals(tag.Tag, etag, StringComparison.Ordinal)))
        {
            return new HttpResponseMessage(HttpStatusCode.NotModified) { Headers = { ETag = new EntityTagHeaderValue(etag) } };
        }

        var response = Json(HttpStatusCode.OK, JsonSerializer.Serialize(body, JsonSerializerOptions.Web), "application/json");
        response.Headers.ETag = etag is null ? null : new EntityTagHeaderValue(etag);
        return response;
    };

    internal void Refuse(string address, HttpStatusCode status, string body, string contentType = "application/problem+json") =>
        _answers[address] = _ => Json(status, body, contentType);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.PathAndQuery; // The base address makes every request absolute.
        Asked.Enqueue((address, request.Headers.IfNoneMatch.FirstOrDefault()?.Tag));
        if (Gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        if (Unreachable)
        {
            throw new HttpRequestException("Connection refused");
        }

        return _answers.TryGetValue(address, out var answer)
            ? answer(request)
            : Json(HttpStatusCode.NotFound, """{"title":"Unknown","detail":"The stub has no answer for this address."}""", "application/problem+json");
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string body, string contentType) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
}
