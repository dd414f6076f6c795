using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.ServiceDefaults.Requests;

/// <summary>
/// Answers what an endpoint would otherwise pass over: a query parameter that it does not have (400), one that takes a single value and is given more than once (400), a value with NUL (400), an <c>Accept</c> that it cannot serve (406), and
/// the encoding or the charset of a JSON body (415). A misspelled filter would show everything as if it were filtered.
/// </summary>
public static class StrictRequests
{
    private const string Unencoded = "identity";

    /// <summary>RFC 8259, section 8.1: JSON is exchanged in no other. The framework fails on one that it does not know, also on this one in quotes.</summary>
    private const string JsonCharset = "utf-8";

    internal static void AddStrictRequests(this IServiceCollection services)
    {
        services.AddExceptionHandler<BadRequestHandler>();

        // Binding failures come as exceptions in every environment, so that one handler words them.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    /// <summary>The endpoints are pages and what belongs to them: they read the query themselves and say on the page what is wrong with it.</summary>
    public static TBuilder ReadTheirOwnQuery<TBuilder>(this TBuilder pages)
        where TBuilder : IEndpointConventionBuilder => pages.WithMetadata(OwnQuery.Instance);

    /// <summary>Holds for every endpoint that asks for a key; probes and reference pages are asked by machines with habits of their own.</summary>
    internal static void UseStrictRequests(this WebApplication app) => app.Use((context, next) =>
        context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<OwnQuery>() is null && Refuse(context, RequestContract.Of(endpoint)) is { } problem
            ? AnswerAsync(context, problem)
            : next(context));

    private static ProblemDetails? Refuse(HttpContext context, RequestContract contract)
    {
        var request = context.Request;
        if (contract.Offered.Count > 1)
        {
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        }

        if (HoldingNul(request) is { } name)
        {
            return ParameterProblems.Bad(name, $"{name} holds the character NUL, which no value here has.");
        }

        if (request.QueryString.HasValue && !contract.IsOpen && Unknown(request.Query, contract.Query) is { Count: > 0 } unknown)
        {
            return ParameterProblems.Unknown(request, unknown, contract.Query);
        }

        if (request.QueryString.HasValue && Repeated(request.Query, contract.OfOneValue) is { Count: > 0 } repeated)
        {
            return ParameterProblems.Bad(repeated);
        }

        if (contract.TakesJson && request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals(Unencoded, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.AcceptEncoding = Unencoded;
            return Encoded(request, encoding);
        }

        if (contract.TakesJson && Charset(request) is { } charset && !charset.Equals(JsonCharset, StringComparison.OrdinalIgnoreCase))
        {
            return InCharset(request, charset);
        }

        if (contract.Together.Count > 0)
        {
            // The header is needed: without it a client has not said that it can read both.
            return request.Headers.Accept.Count > 0 && contract.Together.All(type => request.Prefer([type]) is not null) ? null : NotBothAccepted(request, contract.Together);
        }

        return contract.Offered.Count > 0 && !IsUsual(request.Headers.Accept) && !contract.NamesForm(request) && request.Prefer(contract.Offered) is null ? NotAcceptable(request, contract.Offered) : null;
    }

    /// <summary>Postgres has no NUL in its texts, so whatever holds one would fail there.</summary>
    private static string? HoldingNul(HttpRequest request) =>
        request.QueryString.HasValue && request.Query.Where(parameter => parameter.Value.Any(HoldsNul)).Select(parameter => parameter.Key).FirstOrDefault() is { } name
            ? name
            : request.RouteValues.FirstOrDefault(segment => HoldsNul(segment.Value as string)).Key;

    private static bool HoldsNul(string? value) => value?.Contains('\0', StringComparison.Ordinal) ?? false;

    private static List<string> Unknown(IQueryCollection query, IReadOnlyList<string> names) =>
        [.. query.Keys.Where(key => !names.Contains(key, StringComparer.OrdinalIgnoreCase))];

    private static Dictionary<string, string[]> Repeated(IQueryCollection query, IReadOnlyList<string> names) =>
        names.Where(name => query[name].Count > 1).ToDictionary(name => name, name => new[] { $"{name} is given more than once: it takes one value." }, StringComparer.Ordinal);

    /// <summary>What nearly every client sends is not parsed.</summary>
    private static bool IsUsual(StringValues accept) => accept.Count == 0 || (accept.Count == 1 && string.Equals(accept[0], "*/*", StringComparison.Ordinal));

    private static ProblemDetails Encoded(HttpRequest request, string encoding) => new()
    {
        Type = ProblemTypes.Of("unsupported-content-encoding"),
        Title = "The content encoding is not supported",
        Status = StatusCodes.Status415UnsupportedMediaType,
        Detail = $"{request.Method} {request.Path} takes no body with Content-Encoding '{encoding}': send the JSON as it is, and leave the header out.",
    };

    private static string? Charset(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue ? type.Charset.ToString() : null;

    private static ProblemDetails InCharset(HttpRequest request, string charset) => new()
    {
        Type = ProblemTypes.Of("unsupported-charset"),
        Title = "The charset is not taken",
        Status = StatusCodes.Status415UnsupportedMediaType,
        Detail = $"{request.Method} {request.Path} takes no JSON in the charset '{charset}': send it in UTF-8, as Content-Type: application/json.",
    };

    private static ProblemDetails NotBothAccepted(HttpRequest request, IReadOnlyList<string> types) => new()
    {
        Type = ProblemTypes.Of("not-acceptable"),
        Title = "The answer cannot be given in a form that you accept.",
        Status = StatusCodes.Status406NotAcceptable,
        Detail = $"{request.Method} {request.Path} answers with {string.Join(" or ", types)} as it sees fit: send the header Accept: {string.Join(", ", types)}, or Accept: */*.",
        Extensions = { ["offered"] = types },
    };

    private static ProblemDetails NotAcceptable(HttpRequest request, IReadOnlyList<string> offered) => new()
    {
        Type = ProblemTypes.Of("not-acceptable"),
        Title = "The answer cannot be given in a form that you accept.",
        Status = StatusCodes.Status406NotAcceptable,
        Detail = $"{request.Method} {request.Path} answers with {string.Join(" or ", offered)}: name it in the header Accept, or leave the header out.",
        Extensions = { ["offered"] = offered },
    };

    private static async Task AnswerAsync(HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status ?? StatusCodes.Status400BadRequest;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    private sealed class OwnQuery
    {
        internal static OwnQuery Instance { get; } = new();
    }
}
