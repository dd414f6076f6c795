using System.Threading.RateLimiting;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>A limit per key, so that one caller cannot take the service from the others.</summary>
internal static class RateLimiting
{
    internal static void AddRateLimits(this IServiceCollection services) => services
        .AddRateLimiter(limiter => limiter.OnRejected = RejectAsync)
        .AddOptions<RateLimiterOptions>()
        .Configure<IOptions<IngestionOptions>>((limiter, options) => limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(Caller(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Value.RequestsPerSecond * 2,
                TokensPerPeriod = options.Value.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            })),
            PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(Caller(context), _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = options.Value.MaxConcurrentRequests,
                QueueLimit = 0,
            }))));

    /// <summary>The key, also of who comes with its tickets; without one the address. Runs after authentication, so what is presented is not what counts.</summary>
    private static string Caller(HttpContext context) =>
        context.User.FindFirst(KeyNames.Claim)?.Value ?? context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        rejected.HttpContext.Response.Headers.RetryAfter = "1";
        await TypedResults.Problem(
            type: ProblemTypes.Of("too-many-requests"),
            title: "Too many requests",
            detail: "Wait a second and try again.",
            statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext);
    }
}
