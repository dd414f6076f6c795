using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>How many wrong keys an address may try; section <c>FailedKeys</c>.</summary>
internal sealed class FailedAttemptOptions
{
    internal const string Section = "FailedKeys";

    /// <summary>Wrong keys at once.</summary>
    [Range(1, 100_000)]
    public int Burst { get; set; } = 20;

    /// <summary>Further ones per minute.</summary>
    [Range(1, 100_000)]
    public int PerMinute { get; set; } = 20;
}

/// <summary>
/// Slows down attempts to guess keys or access tokens: after too many wrong ones from an address, its requests are refused before their keys are looked at, so that trying goes on
/// neither for its answers nor for the work that it makes. Keys that were right from this address before still pass: a forgotten script with an old key does not
/// shut out the pages beside it.
/// </summary>
internal sealed partial class FailedAttempts : IDisposable
{
    private const int NetworkBytes = 8;
    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<(string Address, string Fingerprint), bool> _known = new();
    private readonly PartitionedRateLimiter<string> _addresses;
    private readonly TimeSpan _wait;
    private readonly ApiKeyRing _keys;
    private readonly ILogger<FailedAttempts> _logger;

    public FailedAttempts(ApiKeyRing keys, IOptions<FailedAttemptOptions> options, ILogger<FailedAttempts> logger)
    {
        (_keys, _logger) = (keys, logger);
        _wait = TimeSpan.FromMinutes(1) / options.Value.PerMinute;
        _addresses = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.Burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = _wait,
        }));
    }

    /// <summary>Comes before authentication, and judges by what it answered.</summary>
    internal async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (ApiKeyHandler.PresentedKey(context.Request) is not { Length: > 0 } presented)
        {
            await next(context);
            return;
        }

        var address = Partition(context.Connection.RemoteIpAddress);

        // Whole permits: a limiter refills by fractions, which the question for none of them takes for one.
        if (_addresses.GetStatistics(address) is { CurrentAvailablePermits: 0 } && !_known.ContainsKey((address, _keys.Find(presented).Fingerprint)))
        {
            await RefuseAsync(context);
            return;
        }

        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status401Unauthorized, HasStarted: false })
        {
            var fingerprint = _keys.Find(presented).Fingerprint;
            using var counted = _addresses.AttemptAcquire(address);
            if (counted.IsAcquired)
            {
                Log.Refused(_logger, ApiKeyHandler.PresentedToken(context.Request) is null ? "A key" : "An access token", address, fingerprint, context.Request.Method, context.Request.Path);
                return;
            }

            // Others of the same address were faster.
            Log.Slowed(_logger, address, fingerprint);
            await RefuseAsync(context);
        }
        else if (context.User.Identity?.AuthenticationType is ApiKeyHandler.Scheme or JwtBearerDefaults.AuthenticationScheme)
        {
            Remember(address, _keys.Find(presented).Fingerprint);
        }
    }

    public void Dispose() => _addresses.Dispose();

    /// <summary>In IPv6, the network: who has one address there has all of them.</summary>
    private static string Partition(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } || IPAddress.IsLoopback(address))
        {
            return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "unknown";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>Bounded; a key that is forgotten here is remembered with its next request.</summary>
    private void Remember(string address, string fingerprint)
    {
        if (_known.TryAdd((address, fingerprint), true) && _known.Count > MostKnown)
        {
            _known.Clear();
        }
    }

    private async Task RefuseAsync(HttpContext context)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(_wait.TotalSeconds));
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails
            {
                Type = ProblemTypes.Of("too-many-wrong-keys"),
                Title = "Too many wrong keys or access tokens came from your address.",
                Status = StatusCodes.Status429TooManyRequests,
                Detail = $"Wait {seconds} s, then try again with the right one.",
            },
        });
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{What} was refused: address {Address}, fingerprint {Fingerprint}, {Method} {Path}")]
        public static partial void Refused(ILogger logger, string what, string address, string fingerprint, string method, PathString path);

        [LoggerMessage(LogLevel.Warning, "Too many wrong keys or access tokens: address {Address} has to wait, last fingerprint {Fingerprint}")]
        public static partial void Slowed(ILogger logger, string address, string fingerprint);
    }
}

internal static class FailedAttemptExtensions
{
    internal static void AddFailedAttempts(this IServiceCollection services)
    {
        services.AddOptions<FailedAttemptOptions>().BindConfiguration(FailedAttemptOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FailedAttempts>();
    }

    internal static void UseFailedAttempts(this WebApplication app)
    {
        var attempts = app.Services.GetRequiredService<FailedAttempts>();
        app.Use(attempts.InvokeAsync);
    }
}
