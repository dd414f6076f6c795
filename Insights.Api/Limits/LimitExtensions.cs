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
        });
    }

    /// <summary>Runs after authorization, so the keys seen here are the configured ones: the partitions are few.</summary>
    private static RateLimitPartition<string> Partition(HttpContext context)
    {
        var headers = context.Request.Headers;
        var key = headers.TryGetValue("X-Api-Key", out var given) ? given.ToString() : headers.Authorization.ToString();
        return RateLimitPartition.GetTokenBucketLimiter(key, _ =>
        {
            var perSecond = context.RequestServices.GetRequiredService<IOptions<InsightsOptions>>().Value.RequestsPerSecond;
            return new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            };
        });
    }

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
