using Microsoft.OpenApi;

namespace Dunnhumby.ServiceDefaults.Reference;

/// <summary>What a service's reference says that its code does not.</summary>
public sealed class ApiReference
{
    /// <summary>Of the document and of the page.</summary>
    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Description { get; init; }

    /// <summary>Every tag that endpoints have, with what they are about, in the order of the page.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>One instance of each type that is answered or sent: lists and pages of it are made from it.</summary>
    public required IReadOnlyList<object> Examples { get; init; }

    /// <summary>Besides the API key: the scheme that a policy takes as well, by the policy's name.</summary>
    public IReadOnlyDictionary<string, OpenApiSecurityScheme> OtherSchemes { get; init; } = new Dictionary<string, OpenApiSecurityScheme>(StringComparer.Ordinal);
}
