using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Shouldly;
using Xunit;

namespace Dunnhumby.TestSupport.Fuzzing;

/// <summary>
/// Sends odd requests to a running service, a few at a time. Whatever is asked, the service answers in time and without a fault of its own, tells nothing of its inside, and says in
/// problem+json what is wrong. <c>FUZZ_REQUESTS</c> is how many; <c>CsCheck_Seed</c> repeats one that a failure names.
/// </summary>
public sealed partial class FuzzRun : IDisposable
{
    private const int Lanes = 4;

    /// <summary>Fewer requests do not reach each operation.</summary>
    private const int EnoughForAll = 1_500;

    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GivenUp = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly Uri _service;
    private readonly IReadOnlyList<string> _secrets;
    private readonly ConcurrentDictionary<(FuzzOperation Operation, HttpStatusCode Status), int> _answers = new();
    private readonly SemaphoreSlim _lanes = new(Lanes, Lanes);
    private readonly SemaphoreSlim _alone = new(1, 1);

    /// <param name="service">Where it listens.</param>
    /// <param name="key">One that may do everything.</param>
    /// <param name="secrets">What no answer may hold, such as a connection string.</param>
    public FuzzRun(Uri service, string key, params IReadOnlyList<string> secrets)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All, RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8 };
        _client = new HttpClient(handler) { Timeout = GivenUp, DefaultRequestHeaders = { { "X-Api-Key", key } } };
        (_service, _secrets) = (service, secrets);
    }

    /// <summary>The type of the problem by which it says that a service it needs is away; without it every 503 is a fault.</summary>
    public string? Away { get; init; }

    /// <summary>The end of the paths for which there is nothing that could succeed.</summary>
    public string? NeverSucceeds { get; init; }

    public void Dispose()
    {
        _client.Dispose();
        _lanes.Dispose();
        _alone.Dispose();
    }

    /// <summary>Fails with the request whose answer breaks a promise, and with the seed that makes it again.</summary>
    /// <param name="operations">What the service offers.</param>
    /// <param name="usually">Requests when <c>FUZZ_REQUESTS</c> is not set.</param>
    public async Task SendAsync(IReadOnlyList<FuzzOperation> operations, int usually)
    {
        var requests = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_REQUESTS"), out var wanted) ? wanted : usually;
        await OddRequests.Of(operations).SampleAsync(CheckAsync, writeLine: Say, iter: requests, threads: Lanes, print: request => request.ToString());

        foreach (var operation in operations)
        {
            Say($"{operation}: {string.Join(", ", _answers.Where(answer => answer.Key.Operation == operation).OrderBy(answer => answer.Key.Status).Select(answer => $"{(int)answer.Key.Status} {answer.Value} times"))}");
        }

        // Otherwise the run has shown how the first check refuses, and nothing of what is behind it.
        if (requests >= EnoughForAll)
        {
            var succeeded = _answers.Keys.Where(answer => (int)answer.Status < 300 || (Away is not null && answer.Status is HttpStatusCode.ServiceUnavailable)).Select(answer => answer.Operation).ToHashSet();
            operations.Where(operation => !succeeded.Contains(operation) && !(NeverSucceeds is { } end && operation.Path.EndsWith(end, StringComparison.Ordinal))).ShouldBeEmpty("operations that never succeeded");
        }
    }

    private static void Say(string line) => TestContext.Current.SendDiagnosticMessage("{0}", line);

    private async Task CheckAsync(FuzzRequest request)
    {
        await _lanes.WaitAsync();
        TimeSpan taken;
        try
        {
            taken = await AskAsync(request);
        }
        finally
        {
            _lanes.Release();
        }

        if (taken > Slowest)
        {
            (await AskAloneAsync(request)).ShouldBeLessThan(Slowest, $"{request.Method} {request.Address} was slow twice, at first for {taken}");
        }
    }

    /// <summary>A loaded machine makes any answer late now and then. What is slow by itself is slow again when nothing else is asked.</summary>
    private async Task<TimeSpan> AskAloneAsync(FuzzRequest request)
    {
        await _alone.WaitAsync();
        try
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                await _lanes.WaitAsync();
            }

            try
            {
                return await AskAsync(request);
            }
            finally
            {
                _lanes.Release(Lanes);
            }
        }
        finally
        {
            _alone.Release();
        }
    }

    private async Task<TimeSpan> AskAsync(FuzzRequest request)
    {
        var begun = Stopwatch.GetTimestamp();
        using var message = request.ToMessage(_service);
        using var response = await _client.SendAsync(message);
        var text = await response.Content.ReadAsStringAsync();
        var taken = Stopwatch.GetElapsedTime(begun);
        _answers.AddOrUpdate((request.Operation, response.StatusCode), 1, static (_, count) => count + 1);
        Fault(request, response, text).ShouldBeNull($"{(int)response.StatusCode} {response}\n{text}");
        return taken;
    }

    private string? Fault(FuzzRequest request, HttpResponseMessage response, string text)
    {
        var said = $"{response.Headers}{response.Content.Headers}{text}";
        return response.StatusCode switch
        {
            _ when StackTrace().IsMatch(said) => "It shows a stack trace.",
            _ when _secrets.FirstOrDefault(secret => said.Contains(secret, StringComparison.OrdinalIgnoreCase)) is { } secret => $"It shows '{secret}'.",
            HttpStatusCode.ServiceUnavailable when Away is not null && string.Equals(request.Method, "HEAD", StringComparison.Ordinal) => null,
            HttpStatusCode.ServiceUnavailable when Away is { } away && text.Contains(away, StringComparison.Ordinal) => ProblemFault(response, text),
            HttpStatusCode.TooManyRequests => "The limits are too low for this test.",
            >= HttpStatusCode.InternalServerError => "It is a fault of the service.",
            < HttpStatusCode.MultipleChoices or HttpStatusCode.NotModified => null,
            // A path of dots is the root of the service, which leads to its own pages.
            < HttpStatusCode.BadRequest => response.Headers.Location is { IsAbsoluteUri: false } ? null : "It leads elsewhere.",
            HttpStatusCode.BadRequest or HttpStatusCode.RequestUriTooLong or HttpStatusCode.RequestHeaderFieldsTooLarge when request.IsBeyondHttp && text.Length == 0 => null,
            _ when string.Equals(request.Method, "HEAD", StringComparison.Ordinal) => null,
            _ => ProblemFault(response, text),
        };

    }

    private static string? ProblemFault(HttpResponseMessage response, string text)
    {
        if (response.Content.Headers.ContentType?.MediaType is not "application/problem+json")
        {
            return $"It is {response.Content.Headers.ContentType?.ToString() ?? "of no type"} instead of a problem.";
        }

        using var problem = JsonDocument.Parse(text);
        return problem.RootElement is var root
            && root.TryGetProperty("type", out var type) && type.GetString() is { Length: > 0 }
            && root.TryGetProperty("title", out var title) && title.GetString() is { Length: > 0 }
            && root.TryGetProperty("status", out var status) && status.GetInt32() == (int)response.StatusCode
                ? null
                : "The problem lacks its type, its title or its status.";
    }

    [GeneratedRegex(@"\bat [A-Z]\w*(?:\.\w+)+[^\s(]*\(|\.cs:line \d|\b\w+Exception\b|Password=|Host=|amqps?://", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex StackTrace();
}
