using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Problems;

/// <summary>A database that does not answer makes 503 with <c>Retry-After</c>.</summary>
internal sealed partial class DatabaseOutageHandler(IProblemDetailsService problems, ILogger<DatabaseOutageHandler> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!DatabaseOutage.Is(exception))
        {
            return false;
        }

        Log.Unreachable(logger, httpContext.Request.Path, exception);
        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails
            {
                Type = ProblemTypes.Of("database-unavailable"),
                Title = "The insights cannot be read at the moment.",
                Status = StatusCodes.Status503ServiceUnavailable,
                Detail = $"The database does not answer. Ask again in {RetryAfterSeconds} seconds.",
            },
        });
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The database did not answer for {Path}")]
        public static partial void Unreachable(ILogger logger, PathString path, Exception failure);
    }
}
