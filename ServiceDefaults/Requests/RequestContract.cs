using System.Net.Mime;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Dunnhumby.ServiceDefaults.Requests;

/// <summary>What an endpoint takes in the query and which media types it answers with, read from the signature of its handler.</summary>
internal sealed class RequestContract
{
    private const string FormParameter = "format";

    private static readonly ConditionalWeakTable<Endpoint, RequestContract> Known = [];

    private RequestContract(Endpoint endpoint)
    {
        var segments = (endpoint as RouteEndpoint)?.RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        List<IParameterBindingMetadata> bound = [.. endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Where(parameter => IsFromQuery(parameter, segments))];
        string[] shared = [.. endpoint.Metadata.GetOrderedMetadata<SharedQueryParameter>().Select(parameter => parameter.Name)];
        Query = [.. bound.Select(ClientName), .. shared];
        OfOneValue = [.. bound.Where(parameter => !TakesSeveral(parameter)).Select(ClientName), .. shared];
        Offered =
        [
            .. endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>()
                .Where(answer => answer.StatusCode is >= StatusCodes.Status200OK and < StatusCodes.Status300MultipleChoices)
                .SelectMany(answer => answer.ContentTypes)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        Together = endpoint.Metadata.GetMetadata<AnswersInEither>()?.MediaTypes ?? [];
        IsOpen = endpoint.Metadata.GetMetadata<OtherQueryParameters>() is not null;
        TakesJson = endpoint.Metadata.GetOrderedMetadata<IAcceptsMetadata>().Any(body => body.ContentTypes.Contains(MediaTypeNames.Application.Json, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The names of the query, as clients write them. Case does not matter, as nowhere in binding.</summary>
    internal IReadOnlyList<string> Query { get; }

    /// <summary>Those that may be given once only. Binding would read the values of a repeated one as one text, joined by commas.</summary>
    internal IReadOnlyList<string> OfOneValue { get; }

    /// <summary>The media types of success, the preferred one first; empty when the endpoint does not say, or answers without a body.</summary>
    internal IReadOnlyList<string> Offered { get; }

    /// <summary>Media types all of which a client has to accept; empty when one of those offered is enough.</summary>
    internal IReadOnlyList<string> Together { get; }

    /// <summary>Whether there are more names, which the endpoint checks itself.</summary>
    internal bool IsOpen { get; }

    /// <summary>Whether the query may name the form of the answer; then <c>Accept</c> does not count.</summary>
    internal bool NamesForm(HttpRequest request) => Query.Contains(FormParameter, StringComparer.Ordinal) && request.Query.ContainsKey(FormParameter);

    /// <summary>Whether the framework reads the body as JSON; it takes the body for what it is, whatever <c>Content-Encoding</c> says.</summary>
    internal bool TakesJson { get; }

    internal static RequestContract Of(Endpoint endpoint) => Known.GetValue(endpoint, static endpoint => new RequestContract(endpoint));

    /// <summary>A property of an <c>[AsParameters]</c> record is listed under its own name unless it is bound under another.</summary>
    internal static string ClientName(IParameterBindingMetadata parameter) => Attributes<IFromQueryMetadata>(parameter).FirstOrDefault()?.Name
        ?? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(parameter.Name);

    /// <summary>The type of one value: of an array its elements', of a nullable type the one below.</summary>
    internal static Type TypeOf(IParameterBindingMetadata parameter)
    {
        var type = parameter.ParameterInfo.ParameterType;
        type = type.IsArray ? type.GetElementType() ?? type : type;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private static bool TakesSeveral(IParameterBindingMetadata parameter) => parameter.ParameterInfo.ParameterType is var type && (type.IsArray || type == typeof(StringValues));

    /// <summary>The rules of minimal APIs: what has an attribute comes from there, other simple values come from the route if it names them, else from the query.</summary>
    private static bool IsFromQuery(IParameterBindingMetadata parameter, HashSet<string> segments)
    {
        if (Attributes<IFromQueryMetadata>(parameter).Any())
        {
            return true;
        }

        var isElsewhere = parameter.HasBindAsync
            || Attributes<IFromRouteMetadata>(parameter).Any()
            || Attributes<IFromHeaderMetadata>(parameter).Any()
            || Attributes<IFromBodyMetadata>(parameter).Any()
            || Attributes<IFromServiceMetadata>(parameter).Any()
            || segments.Contains(parameter.Name);
        var type = TypeOf(parameter);
        return !isElsewhere && (parameter.HasTryParse || type == typeof(string) || type == typeof(StringValues) || type.IsPrimitive || type.IsEnum);
    }

    private static IEnumerable<T> Attributes<T>(IParameterBindingMetadata parameter) => parameter.ParameterInfo.GetCustomAttributes(inherit: true).OfType<T>();
}

/// <summary>
/// Metadata of endpoints that take a value from the query in a place of their own, not as a parameter of the handler: strict requests know it, and the
/// reference describes it once and refers to it from each operation.
/// </summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Description">What it does, for the reference.</param>
public sealed record SharedQueryParameter(string Name, string Description)
{
    /// <summary>Of a whole number the smallest one; null of a text.</summary>
    public int? Minimum { get; init; }

    /// <summary>Of a text those that it takes.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}

/// <summary>Metadata of endpoints whose further query parameters depend on what is asked for, such as filters by a table's columns. The handler refuses those that it does not have.</summary>
/// <param name="Name">What the reference calls them.</param>
/// <param name="Description">What they do, for the reference.</param>
public sealed record OtherQueryParameters(string Name, string Description);

/// <summary>Metadata of endpoints that choose the form of each answer themselves, so that a client has to say that it accepts all of these.</summary>
/// <param name="MediaTypes">The media types.</param>
public sealed record AnswersInEither(params string[] MediaTypes);
