using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.RateLimiting;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Files;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Lets an upload begin only while there is room for it: on the disk for everybody, and beside the other uploads of its key.</summary>
internal sealed class UploadQuota(LakeLayout layout, IOptions<IngestionOptions> options) : IEndpointFilter
{
    private const int RetryAfterSeconds = 5;
    private const long UsualReserve = 512L << 20;
    private const int SmallDiskShare = 20;

    private readonly ConcurrentDictionary<string, int> _running = new(StringComparer.Ordinal);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (DiskFault() is { } full)
        {
            return UploadProblems.Of(full);
        }

        var key = context.HttpContext.User.KeyFingerprint();
        try
        {
            if (_running.AddOrUpdate(key, 1, static (_, running) => running + 1) > options.Value.MaxConcurrentUploads)
            {
                context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                return UploadProblems.Of(TooManyAtOnce());
            }

            return await next(context);
        }
        finally
        {
            _running.AddOrUpdate(key, 0, static (_, running) => running - 1);
        }
    }

    /// <summary>Why nothing can be written now; null when there is room.</summary>
    private Rejection? DiskFault()
    {
        var disk = new DriveInfo(layout.Root);
        var (free, kept) = (disk.AvailableFreeSpace, options.Value.DiskReserveBytes ?? Math.Min(UsualReserve, disk.TotalSize / SmallDiskShare));
        return free >= kept
            ? null
            : new Rejection(
                "disk-reserve",
                "The disk is nearly full",
                FormattableString.Invariant($"{free >> 20:#,0} MiB are left, and {kept >> 20:#,0} MiB are kept free. Make room in the lake, then send the file again."))
            { Kind = RejectionKind.NoRoom };
    }

    private Rejection TooManyAtOnce() => new(
        "too-many-uploads",
        "This key uploads too much at once",
        $"{options.Value.MaxConcurrentUploads} uploads of this key are under way. Wait until one has ended, then send this one again.")
    { Kind = RejectionKind.TooMuch };
}

internal static class UploadQuotaExtensions
{
    /// <summary>The endpoint writes what is sent to it, and asks first whether there is room.</summary>
    /// <param name="writes">Which requests it writes; all when it is null.</param>
    internal static RouteHandlerBuilder HeedQuota(this RouteHandlerBuilder endpoint, Func<HttpRequest, bool>? writes = null) => endpoint
        .AddEndpointFilterFactory((factory, next) =>
        {
            var quota = factory.ApplicationServices.GetRequiredService<UploadQuota>();
            return context => writes?.Invoke(context.HttpContext.Request) is false ? next(context) : quota.InvokeAsync(context, next);
        })
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status507InsufficientStorage);
}

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
