using System.Text;
using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>
/// Makes a request with an <c>Idempotency-Key</c> happen once: its answer is kept, and the same request gets it again. Another request with the key is refused
/// with 422, one at the same time with 409. What came to nothing (an outage, a cut connection, content that is not what was declared) is not kept.
/// Keys belong to the authenticated key, however it was presented; an upload ticket is its issuer's.
/// </summary>
internal sealed partial class IdempotencyFilter(IdempotencyStore store, IOptions<IngestionOptions> options, TimeProvider time, ILogger<IdempotencyFilter> logger) : IEndpointFilter
{
    private const string Replayed = "Idempotency-Replayed";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!IdempotencyKey.TryRead(http.Request.Headers, out var key))
        {
            return UploadProblems.Of(new Rejection("invalid-idempotency-key", "The idempotency key is not valid", "Give 1 to 255 printable ASCII characters, for example a UUID.") { Kind = RejectionKind.Malformed });
        }

        if (key is null)
        {
            return await next(context);
        }

        var request = $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}";
        return await store.ClaimAsync(http.User.KeyFingerprint(), key, request, http.RequestAborted) switch
        {
            KeyClaim.Held held => await WorkAsync(held.Holder, context, next),
            KeyClaim.Answered answered => await ReplayAsync(answered, http),
            KeyClaim.Reused => Reused(),
            _ => Busy(http),
        };
    }

    private async Task<object?> WorkAsync(Guid holder, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        using var body = new MeteredStream(http.Request.Body, hash: true);
        http.Request.Body = body;
        using var done = new CancellationTokenSource();
        var renewing = RenewAsync(holder, done.Token);
        var isKept = false;
        try
        {
            var result = await next(context);
            if (AnswerReader.Read(result, http.Response) is { } answer)
            {
                // The content that was not read belongs to the request as well.
                await body.CopyToAsync(Stream.Null, http.RequestAborted);
                await store.AnswerAsync(holder, Convert.ToHexStringLower(body.Sha256() ?? []), answer, CancellationToken.None);
                isKept = true;
            }

            return result;
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
            if (!isKept)
            {
                await ReleaseAsync(holder);
            }
        }
    }

    private async Task<object?> ReplayAsync(KeyClaim.Answered answered, HttpContext http)
    {
        using var body = new MeteredStream(http.Request.Body, hash: true, options.Value.MaxRequestBytes);
        if (await body.DrainAsync(http.RequestAborted) is { } tooLarge)
        {
            return UploadProblems.Of(tooLarge);
        }

        if (!string.Equals(Convert.ToHexStringLower(body.Sha256() ?? []), answered.BodySha256, StringComparison.Ordinal))
        {
            return Reused();
        }

        http.Response.Headers[Replayed] = "true";
        if (answered.Answer.Location is { } location)
        {
            http.Response.Headers.Location = location;
        }

        return TypedResults.Content(answered.Answer.Body, answered.Answer.ContentType, Encoding.UTF8, answered.Answer.Status);
    }

    private async Task RenewAsync(Guid holder, CancellationToken done)
    {
        using var timer = new PeriodicTimer(IdempotencyStore.Hold / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                await store.RenewAsync(holder, done);
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The request is answered.
        }
        catch (Exception away) when (away is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            // Then the request itself cannot be committed either, or another one takes the key over and finds the content known.
            Log.NotHeld(logger, away);
        }
    }

    private async Task ReleaseAsync(Guid holder)
    {
        try
        {
            await store.ReleaseAsync(holder, CancellationToken.None);
        }
        catch (Exception away) when (away is NpgsqlException or InvalidOperationException { InnerException: NpgsqlException })
        {
            // It runs out by itself.
            Log.NotHeld(logger, away);
        }
    }

    private static ProblemHttpResult Reused() => UploadProblems.Of(new Rejection(
        "idempotency-key-reused", "The idempotency key was used for another request", "The first request with this key had another address or content. Give every request its own key."));

    private static ProblemHttpResult Busy(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return UploadProblems.Of(new Rejection("idempotency-key-in-use", "A request with this idempotency key is still running", "Wait for its answer, then send the request again to get the same one.")
        {
            Kind = RejectionKind.Conflict,
        });
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "An idempotency key could not be renewed: the database does not answer")]
        public static partial void NotHeld(ILogger logger, Exception failure);
    }
}

internal static class IdempotencyExtensions
{
    /// <summary>The endpoint takes an <c>Idempotency-Key</c>.</summary>
    internal static RouteHandlerBuilder TakeIdempotencyKey(this RouteHandlerBuilder endpoint) => endpoint
        .AddEndpointFilter<IdempotencyFilter>()
        .ProducesProblem(StatusCodes.Status409Conflict);
}

/// <summary>The header <c>Idempotency-Key</c> of the IETF's draft: a quoted string; many clients send the bare one, which is taken as well.</summary>
internal static class IdempotencyKey
{
    internal const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <summary>False when the header is there and is no key: empty, too long, or with anything but printable ASCII.</summary>
    /// <param name="key">Null when the header is not there.</param>
    internal static bool TryRead(IHeaderDictionary headers, out string? key)
    {
        key = null;
        if (!headers.TryGetValue(Header, out var values))
        {
            return true;
        }

        var text = values.ToString().Trim();
        text = text is ['"', .. var inner, '"'] ? inner : text;
        key = text;
        return text.Length is > 0 and <= MaxLength && text.All(character => character is >= ' ' and <= '~' and not '"');
    }
}

/// <summary>Reads an answer that is to be kept off a handler's result.</summary>
internal static class AnswerReader
{
    private static readonly HashSet<string> Transient = [ProblemTypes.Of(DeclaredContent.LengthMismatch), ProblemTypes.Of(DeclaredContent.DigestMismatch)];

    /// <summary>Null when the request came to nothing that should be kept: only loads, checks and refusals of the content itself are.</summary>
    internal static StoredAnswer? Read(object? result, HttpResponse response)
    {
        while (result is INestedHttpResult nested)
        {
            result = nested.Result;
        }

        return result switch
        {
            ProblemHttpResult { StatusCode: StatusCodes.Status422UnprocessableEntity } problem when !Transient.Contains(problem.ProblemDetails.Type ?? "") =>
                Answer(problem.StatusCode, problem.ProblemDetails, "application/problem+json"),
            IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK or StatusCodes.Status201Created } and IValueHttpResult { Value: { } value } =>
                Answer(((IStatusCodeHttpResult)result).StatusCode ?? StatusCodes.Status200OK, value, "application/json"),
            _ => null,
        };

        StoredAnswer Answer(int status, object value, string type) => new(status, Location(result, response), type, JsonSerializer.Serialize(value, JsonSerializerOptions.Web));
    }

    /// <summary>A 201 writes its address only when it is sent.</summary>
    private static string? Location(object? result, HttpResponse response) => result switch
    {
        Created<Load> load => load.Location,
        Created<Batch> batch => batch.Location,
        _ => response.Headers.Location.ToString() is { Length: > 0 } location ? location : null,
    };
}
