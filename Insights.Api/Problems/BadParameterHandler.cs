using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;

namespace Dunnhumby.Insights.Api.Problems;

/// <summary>A query or route value that cannot be read as its type makes 400 that names the parameter and what it takes.</summary>
internal sealed class BadParameterHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest })
        {
            return false;
        }

        var endpoint = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        var route = httpContext.Features.Get<IExceptionHandlerFeature>()?.RouteValues;
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var parameter in endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var name = NameOf(parameter);
            var given = route?[name] is string segment ? [segment] : httpContext.Request.Query[name].ToArray();
            if (given.FirstOrDefault(value => !Readable(parameter, value)) is { } bad)
            {
                errors[name] = [$"'{bad}' does not fit: {name} takes {Expected(parameter)}."];
            }
        }

        httpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = ReadProblems.BadParameters(errors) });
    }

    /// <summary>The name that the client uses: a property of an <c>[AsParameters]</c> record is listed under its own.</summary>
    private static string NameOf(IParameterBindingMetadata parameter) =>
        parameter.ParameterInfo.GetCustomAttributes(inherit: true).OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? parameter.Name;

    private static bool Readable(IParameterBindingMetadata parameter, string? value) => TypeOf(parameter) switch
    {
        var type when type == typeof(int) => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        var type when type == typeof(bool) => bool.TryParse(value, out _),
        _ => true,
    };

    private static string Expected(IParameterBindingMetadata parameter)
    {
        if (TypeOf(parameter) == typeof(bool))
        {
            return "true or false";
        }

        var range = parameter.ParameterInfo.GetCustomAttributes(typeof(RangeAttribute), inherit: true).OfType<RangeAttribute>().FirstOrDefault();
        return range is null ? "a whole number" : $"a whole number from {range.Minimum} to {range.Maximum}";
    }

    private static Type TypeOf(IParameterBindingMetadata parameter)
    {
        var type = parameter.ParameterInfo.ParameterType;
        type = type.IsArray ? type.GetElementType() ?? type : type;
        return Nullable.GetUnderlyingType(type) ?? type;
    }
}
