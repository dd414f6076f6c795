using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace Dunnhumby.Insights.Api.Rows;

/// <summary>The filters and the order that a type of requests declares with <see cref="FilterAttribute"/> and <see cref="SortAttribute"/>.</summary>
internal sealed class RowFilters<TRequest>
    where TRequest : notnull
{
    internal static readonly RowFilters<TRequest> Instance = new();

    private readonly (PropertyInfo Property, FilterAttribute Filter)[] _filters =
        [.. typeof(TRequest).GetProperties().Select(property => (property, property.GetCustomAttribute<FilterAttribute>()!)).Where(filter => filter.Item2 is not null)];

    private readonly PropertyInfo? _sort = typeof(TRequest).GetProperties().SingleOrDefault(property => property.GetCustomAttribute<SortAttribute>() is not null);

    private RowFilters() => Sorts = _sort?.GetCustomAttribute<SortAttribute>()?.Names ?? [];

    /// <summary>The names of the members that the rows can be in the order of.</summary>
    internal IReadOnlyList<string> Sorts { get; }

    /// <summary>What the request asks for; null for the order of the key.</summary>
    internal string? SortOf(TRequest request) => _sort?.GetValue(request) as string;

    /// <summary>The columns that filters need.</summary>
    internal IEnumerable<string> Columns => _filters.SelectMany(filter => filter.Filter.Columns);

    /// <summary>The filters that the request makes use of, with their values.</summary>
    /// <param name="request">The request.</param>
    /// <param name="ownerOnly">Only those for the thing that the address is about.</param>
    internal IEnumerable<(FilterAttribute Filter, object Value)> Of(TRequest request, bool ownerOnly = false) => _filters
        .Where(filter => !ownerOnly || filter.Filter.Keeps is Keeps.Owner)
        .Select(filter => (filter.Filter, Value: filter.Property.GetValue(request)!))
        .Where(filter => filter.Value is not (null or Array { Length: 0 }));

    /// <summary>Whether the address is about one thing.</summary>
    internal bool HasOwner => Array.Exists(_filters, filter => filter.Filter.Keeps is Keeps.Owner);

    /// <summary>What is wrong with the request, by parameter: values that the annotations do not allow, and ranges that end before they begin.</summary>
    internal Dictionary<string, string[]> Errors(TRequest request)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(request, new ValidationContext(request), results, validateAllProperties: true);
        var errors = results.GroupBy(result => NameOf(result.MemberNames.Single()), StringComparer.Ordinal)
            .ToDictionary(found => found.Key, found => found.Select(result => result.ErrorMessage ?? "").ToArray(), StringComparer.Ordinal);
        foreach (var (end, most) in _filters.Where(filter => filter.Filter.Keeps is Keeps.AtMost))
        {
            var (begin, _) = Array.Find(_filters, other => other.Filter.Keeps is Keeps.AtLeast && string.Equals(other.Filter.Columns[0], most.Columns[0], StringComparison.Ordinal));
            if (errors.Count == 0 && begin?.GetValue(request) is int first && end.GetValue(request) is int last && last < first)
            {
                errors.Add(NameOf(end.Name), [$"{NameOf(end.Name)} takes the same number as {NameOf(begin.Name)} or a larger one."]);
            }
        }

        return errors;
    }

    private static string NameOf(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);
}
