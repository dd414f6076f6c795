using System.Globalization;
using System.Threading.RateLimiting;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.Insights.Api.Limits;

internal static class LimitExtensions
{
    internal const string PerKey = "per-key";

    private const int LargestBody = 64 * 1024;

    internal static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            // Nothing here takes a body.
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RejectAsync;
            limiter.AddPolicy(PerKey, Partition);
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(AtOnce);
        });
    }

    /// <summary>Runs after authorization, so the keys seen here are the configured ones: the partitions are few.</summary>
    private static RateLimitPartition<string> Partition(HttpContext context) => RateLimitPartition.GetTokenBucketLimiter(Key(context), _ =>
    {
        var perSecond = Options(context).RequestsPerSecond;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        };
    });

    /// <summary>An answer that is read slowly counts for as long as it takes.</summary>
    private static RateLimitPartition<string> AtOnce(HttpContext context) => context.User.Identity is { IsAuthenticated: true }
        ? RateLimitPartition.GetConcurrencyLimiter(Key(context), _ => new ConcurrencyLimiterOptions { PermitLimit = Options(context).MaxConcurrentRequests })
        : RateLimitPartition.GetNoLimiter("");

    private static string Key(HttpContext context)
    {
        var headers = context.Request.Headers;
        return headers.TryGetValue("X-Api-Key", out var given) ? given.ToString() : headers.Authorization.ToString();
    }

    private static InsightsOptions Options(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<InsightsOptions>>().Value;

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        rejected.HttpContext.Response.Headers[HeaderNames.RetryAfter] = wait.ToString(CultureInfo.InvariantCulture);
        var problems = rejected.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>();
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = rejected.HttpContext,
            ProblemDetails = new ProblemDetails
            {
                Type = ProblemTypes.Of("too-many-requests"),
                Title = "This API key asks too often.",
                Status = StatusCodes.Status429TooManyRequests,
                Detail = $"Ask again in {wait} s.",
            },
        });
    }
}
