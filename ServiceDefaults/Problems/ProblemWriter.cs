using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.Problems;

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
