using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Reads an answer that is to be kept off a handler's result.</summary>
internal static class AnswerReader
{
    private static readonly HashSet<string> Transient = [ProblemTypes.Of(DeclaredContent.LengthMismatch), ProblemTypes.Of(DeclaredContent.DigestMismatch)];

    /// <summary>Null when the request came to nothing that should be kept: only loads, checks and refusals of the content itself are.</summary>
    internal static StoredAnswer? Read(object? result, HttpResponse response)
    {
        while (result is INestedHttpResult nested)
        {
            result = nested.Result;
        }

        return result switch
        {
            ProblemHttpResult { StatusCode: StatusCodes.Status422UnprocessableEntity } problem when !Transient.Contains(problem.ProblemDetails.Type ?? "") =>
                Answer(problem.StatusCode, problem.ProblemDetails, "application/problem+json"),
            IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK or StatusCodes.Status201Created } and IValueHttpResult { Value: { } value } =>
                Answer(((IStatusCodeHttpResult)result).StatusCode ?? StatusCodes.Status200OK, value, "application/json"),
            _ => null,
        };

        StoredAnswer Answer(int status, object value, string type) => new(status, Location(result, response), type, JsonSerializer.Serialize(value, JsonSerializerOptions.Web));
    }

    /// <summary>A 201 writes its address only when it is sent.</summary>
    private static string? Location(object? result, HttpResponse response) => result switch
    {
        Created<Load> load => load.Location,
        Created<Batch> batch => batch.Location,
        _ => response.Headers.Location.ToString() is { Length: > 0 } location ? location : null,
    };
}
