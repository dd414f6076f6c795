using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>Words of a query string that name the members of an enumeration, in any case.</summary>
internal static class ApiWord
{
    /// <summary>True, and null, when there is no word.</summary>
    public static bool TryParse<T>(string? word, out T? value)
        where T : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(word))
        {
            return true;
        }

        if (!Enum.TryParse<T>(word, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
        {
            return false;
        }

        value = parsed;
        return true;
    }

    public static ProblemHttpResult Unknown<T>(string name)
        where T : struct, Enum =>
        TypedResults.Problem($"{name} is one of: {string.Join(", ", Enum.GetNames<T>())}.", statusCode: StatusCodes.Status400BadRequest);
}
