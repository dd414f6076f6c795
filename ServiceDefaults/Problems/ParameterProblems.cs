using Microsoft.AspNetCore.Http;

namespace Dunnhumby.ServiceDefaults.Problems;

/// <summary>400 with one message for each parameter at fault.</summary>
public static class ParameterProblems
{
    internal static readonly string BadType = ProblemTypes.Of("bad-parameter");

    /// <summary>Parameters whose values cannot be used, each with what is wrong and what it takes.</summary>
    public static HttpValidationProblemDetails Bad(IDictionary<string, string[]> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return new(errors)
        {
            Type = BadType,
            Title = "A parameter has a value that cannot be used.",
            Status = StatusCodes.Status400BadRequest,
            Detail = errors.Count == 0 ? "Compare the request with the reference at /docs." : string.Join(' ', errors.Values.SelectMany(messages => messages)),
        };
    }

    /// <summary>One parameter whose value cannot be used.</summary>
    public static HttpValidationProblemDetails Bad(string name, string message) => Bad(new Dictionary<string, string[]>(StringComparer.Ordinal) { [name] = [message] });

    /// <summary>Parameters that the address does not have.</summary>
    public static HttpValidationProblemDetails Unknown(HttpRequest request, IReadOnlyList<string> unknown, IReadOnlyList<string> known)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(unknown);
        ArgumentNullException.ThrowIfNull(known);
        var takes = known.Count == 0 ? "It takes none." : $"It takes {string.Join(", ", known)}.";
        var what = $"{request.Method} {request.Path}";
        return new(unknown.ToDictionary(name => name, name => new[] { $"'{name}' is not a parameter of {what}." }, StringComparer.Ordinal))
        {
            Type = ProblemTypes.Of("unknown-parameter"),
            Title = "The address has a parameter that is not known here.",
            Status = StatusCodes.Status400BadRequest,
            Detail = $"{what} does not know {string.Join(", ", unknown.Select(name => $"'{name}'"))}. {takes}",
        };
    }
}
