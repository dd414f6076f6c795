using System.Diagnostics;
using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.Problems;

internal static class ProblemExtensions
{
    /// <summary>
    /// Every error answer is problem+json with the trace id; no exception text leaves a service. Rooms that know more about an error put their words before these.
    /// </summary>
    internal static void AddDefaultProblemDetails(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            problem.Instance ??= context.HttpContext.Request.Path;
            problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;
            problem.Detail ??= problem.Status switch
            {
                StatusCodes.Status404NotFound => "There is nothing at this address.",
                StatusCodes.Status405MethodNotAllowed => "This address does not take this method; the header Allow names those that it takes.",
                StatusCodes.Status415UnsupportedMediaType => "Send the body as Content-Type: application/json.",
                >= StatusCodes.Status500InternalServerError => "Something went wrong on our side. Try again; if it happens again, look for the trace id in the logs.",
                _ => null,
            };
        });
        // After the framework's writer: it writes what that one declines.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
    }
}

/// <summary>
/// Writes problems for clients that accept neither JSON nor everything, such as one that asks for CSV: the framework's writer leaves them without a word, and
/// an outage would reach them as 500.
/// </summary>
internal sealed class ProblemWriter(IOptions<ProblemDetailsOptions> options) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        context.ProblemDetails.Status ??= response.StatusCode;
        // It fills in the type and the title that the framework's writer gives.
        context.ProblemDetails = TypedResults.Problem(context.ProblemDetails).ProblemDetails;
        options.Value.CustomizeProblemDetails?.Invoke(context);
        await response.WriteAsJsonAsync(
            context.ProblemDetails, context.ProblemDetails.GetType(), options: null, MediaTypeNames.Application.ProblemJson, context.HttpContext.RequestAborted);
    }
}
