using Dunnhumby.Catalog;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Answers outages and broken requests with what they are: 503 without database, 507 without disk space, 4xx for a request that went wrong.</summary>
internal sealed partial class OutageHandler(IProblemDetailsService problems, ILogger<OutageHandler> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";
    private const int NoSpaceOnUnix = 28;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (Explain(exception) is not { } problem)
        {
            return false;
        }

        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            Log.Outage(logger, problem.Title, exception);
        }

        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        httpContext.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails? Explain(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem(
            413, "body-too-large", "The body is too large", "Compress the file with gzip or zstd, or send it in parts."),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => Problem(
            408, "body-too-slow", "The body came too slowly", "Send it again over a faster connection."),
        BadHttpRequestException bad => Problem(bad.StatusCode, "bad-request", "The request is broken", "The body ended early or is not valid HTTP. Send it again."),
        _ when exception is CommitUnknownException || DatabaseOutage.IsIn(exception) => Problem(
            503, "database-away", "The database does not answer", "Nothing was loaded. Try again in a moment: the same file is never loaded twice."),
        _ when IsDiskFull(exception) => Problem(507, "disk-full", "The disk is full", "Nothing was loaded. Make room in the lake and send the file again."),
        _ => null,
    };

    /// <summary>Whether trying again later may help: the database, the disk or a shared folder is in trouble.</summary>
    internal static bool IsOutage(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or CommitUnknownException || DatabaseOutage.IsIn(exception) || IsDiskFull(exception);

    private static bool IsDiskFull(Exception exception) =>
        exception is IOException { HResult: NoSpaceOnUnix or DiskFullOnWindows } || (exception.InnerException is { } inner && IsDiskFull(inner));

    private static ProblemDetails Problem(int status, string code, string title, string detail) =>
        new() { Status = status, Type = ProblemTypes.Of(code), Title = title, Detail = detail };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Outage}")]
        public static partial void Outage(ILogger logger, string? outage, Exception exception);
    }
}
