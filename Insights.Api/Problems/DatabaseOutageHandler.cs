using System.Net.Sockets;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

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
                Title = "The insights cannot be read now.",
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

internal static class DatabaseOutage
{
    /// <summary>Whether the failure comes from the database at all.</summary>
    internal static bool Concerns(Exception failure) => failure is NpgsqlException or SocketException;

    /// <summary>Whether it is about reaching the database, so that the same request may work later: not an answer that the server gave to a statement.</summary>
    internal static bool Is(Exception failure) => failure switch
    {
        // 08 connection, 53 out of resources, 57P operator intervention (shutting down, starting up).
        PostgresException answer => answer.SqlState[..2] is "08" or "53" || answer.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException or SocketException => true,
        _ => false,
    };
}
