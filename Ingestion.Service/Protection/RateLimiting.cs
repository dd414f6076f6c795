using System.Threading.RateLimiting;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Protection;

/// <summary>A limit per key, so that one caller cannot take the service from the others.</summary>
internal static class RateLimiting
{
    internal static void AddRateLimits(this IServiceCollection services) => services
        .AddRateLimiter(limiter => limiter.OnRejected = RejectAsync)
        .AddOptions<RateLimiterOptions>()
        .Configure<IOptions<IngestionOptions>>((limiter, options) => limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetTokenBucketLimiter(Caller(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Value.RequestsPerSecond * 2,
                TokensPerPeriod = options.Value.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            })));

    /// <summary>The presented key, known or not, else the address.</summary>
    private static string Caller(HttpContext context)
    {
        var key = context.Request.Headers["X-Api-Key"].ToString() is { Length: > 0 } header ? header : context.Request.Headers.Authorization.ToString();
        return key.Length > 0
            ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)))
            : context.Connection.RemoteIpAddress?.ToString() ?? "";
    }

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
