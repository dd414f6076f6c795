using System.Diagnostics;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.ServiceDefaults.Problems;

internal static class ProblemExtensions
{
    /// <summary>Every error answer is problem+json with the trace id; no exception text leaves a service.</summary>
    internal static void AddDefaultProblemDetails(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            problem.Instance ??= context.HttpContext.Request.Path;
            problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;
            problem.Detail ??= problem.Status switch
            {
                StatusCodes.Status401Unauthorized or StatusCodes.Status503ServiceUnavailable when context.HttpContext.TokenFault() is { } fault => fault,
                StatusCodes.Status401Unauthorized when BringsKey(context.HttpContext.Request.Headers) =>
                    "The API key, or ticket, is not known or has ended: send another one in the header X-Api-Key.",
                StatusCodes.Status401Unauthorized => "Send an API key in the header X-Api-Key.",
                StatusCodes.Status403Forbidden when context.HttpContext.User.Person() is not null =>
                    "None of your roles allows this. Ask whoever administers the sign-in for reader (to read), loader (to upload, mend and withdraw) or admin.",
                StatusCodes.Status403Forbidden => "This API key lacks the scope that the request needs: use another key.",
                StatusCodes.Status404NotFound => "There is nothing at this address.",
                StatusCodes.Status405MethodNotAllowed => "This address does not take this method; the header Allow names those that it takes.",
                StatusCodes.Status415UnsupportedMediaType => "Send the body as Content-Type: application/json.",
                >= StatusCodes.Status500InternalServerError => "Something went wrong on our side. Try again; if it stays, look for the trace id in the logs.",
                _ => null,
            };
        });
        // After the framework's writer: it writes what that one declines.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddExceptionHandler<BadRequestHandler>();
        // Binding failures come as exceptions in every environment, so that one handler words them.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    private static bool BringsKey(IHeaderDictionary headers) => !string.IsNullOrEmpty(headers["X-Api-Key"]) || !string.IsNullOrEmpty(headers.Authorization);
}
