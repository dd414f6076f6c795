using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.ServiceDefaults.Requests;

/// <summary>
/// A query or route value that cannot be read as its type makes 400 that names the parameter and what it takes; a body that is not the JSON expected makes 400
/// that names the place. Bodies that break off are left to the service.
/// </summary>
internal sealed class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad || Explain(httpContext, bad) is not { } problem)
        {
            return false;
        }

        httpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails? Explain(HttpContext context, BadHttpRequestException bad)
    {
        if (bad.InnerException is JsonException json)
        {
            return Body($"It breaks the rules of the reference at {json.Path ?? "its beginning"} (line {(json.LineNumber ?? 0) + 1}): a member that is not known, or a value of another type.");
        }

        if (bad.StatusCode != StatusCodes.Status400BadRequest)
        {
            return null;
        }

        var errors = Errors(context);
        return errors.Count > 0 || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? ParameterProblems.Bad(errors) : null;
    }

    private static Dictionary<string, string[]> Errors(HttpContext context)
    {
        var failed = context.Features.Get<IExceptionHandlerFeature>();
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var parameter in failed?.Endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var name = RequestContract.ClientName(parameter);
            var values = context.Request.Query[name];
            var isList = parameter.ParameterInfo.ParameterType.IsArray;
            // Without a list the values of a repeated parameter are read as one, joined by commas.
            string?[] given = failed?.RouteValues?[name] is string segment ? [segment] : isList || values.Count == 0 ? values.ToArray() : [values.ToString()];
            if (given.FirstOrDefault(value => !IsReadable(parameter, value)) is { } unreadable)
            {
                errors[name] = [$"'{unreadable}' does not fit: {name} takes {Expected(parameter)}."];
            }
        }

        return errors;
    }

    private static bool IsReadable(IParameterBindingMetadata parameter, string? value) => RequestContract.TypeOf(parameter) switch
    {
        var type when type == typeof(int) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        var type when type == typeof(long) => long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        var type when type == typeof(bool) => bool.TryParse(value, out _),
        _ => true,
    };

    private static string Expected(IParameterBindingMetadata parameter)
    {
        if (RequestContract.TypeOf(parameter) == typeof(bool))
        {
            return "true or false";
        }

        var range = parameter.ParameterInfo.GetCustomAttributes(typeof(RangeAttribute), inherit: true).OfType<RangeAttribute>().FirstOrDefault();
        return range is null ? "a whole number" : $"a whole number from {range.Minimum} to {range.Maximum}";
    }

    private static ProblemDetails Body(string detail) =>
        new() { Type = ProblemTypes.Of("bad-body"), Title = "The body of the request cannot be used.", Status = StatusCodes.Status400BadRequest, Detail = detail };
}
