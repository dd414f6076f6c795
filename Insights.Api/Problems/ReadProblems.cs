using System.Text.Json;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Problems;

/// <summary>The problems that reads answer with.</summary>
internal static class ReadProblems
{
    private static readonly string BadParameterType = ProblemTypes.Of("bad-parameter");

    internal static void AddReadProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<BadParameterHandler>();
        services.AddExceptionHandler<DatabaseOutageHandler>();
        // Binding failures come as exceptions in every environment, so that one handler words them.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.PostConfigure<ProblemDetailsOptions>(options => options.CustomizeProblemDetails = WordValidation + options.CustomizeProblemDetails);
    }

    /// <summary>404 of a single thing while there is no version at all.</summary>
    internal static ProblemHttpResult NothingPublished() => NotFound(
        "no-insights-yet",
        "No insights have been published yet.",
        "Upload the data set's files to the ingestion service (POST /loads/{dataset}); the first version follows within seconds. GET /version shows it.");

    internal static ProblemHttpResult UnknownHousehold(int householdKey) => NotFound(
        "unknown-household",
        $"There is no household {householdKey}.",
        "Households with sales in the published version are listed by GET /households.");

    internal static ProblemHttpResult UnknownCampaign(int campaign) => NotFound(
        "unknown-campaign",
        $"There is no campaign {campaign}.",
        "The campaigns of the published version are listed by GET /campaigns.");

    internal static ProblemHttpResult UnknownTable(string name, IEnumerable<string> names) => NotFound(
        "unknown-table",
        $"There is no table '{name}'.",
        $"The published version has {string.Join(", ", names)}.");

    /// <summary>400 with one message per parameter at fault.</summary>
    internal static HttpValidationProblemDetails BadParameters(IDictionary<string, string[]> errors) => new(errors)
    {
        Type = BadParameterType,
        Title = "A parameter has a value that cannot be used.",
        Status = StatusCodes.Status400BadRequest,
        Detail = errors.Count == 0 ? "Compare the request with the reference at /docs." : string.Join(' ', errors.Values.SelectMany(messages => messages)),
    };

    /// <summary>Gives what <c>AddValidation()</c> found the same form: the names that clients use instead of the properties' ones.</summary>
    private static void WordValidation(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is HttpValidationProblemDetails invalid && !string.Equals(invalid.Type, BadParameterType, StringComparison.Ordinal))
        {
            context.ProblemDetails = BadParameters(
                invalid.Errors.ToDictionary(error => JsonNamingPolicy.CamelCase.ConvertName(error.Key), error => error.Value, StringComparer.Ordinal));
        }
    }

    private static ProblemHttpResult NotFound(string code, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: title, type: ProblemTypes.Of(code));
}
