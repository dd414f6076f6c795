using System.Globalization;

namespace Dunnhumby.Hosting.Local.Telemetry.Filters;

/// <summary>A condition on a field: an attribute by its name, or one of <see cref="FilterFields"/>.</summary>
/// <param name="Field">An attribute of the item or of its resource, or a known field.</param>
/// <param name="Value">Compared as text, or as a number by the ordering conditions.</param>
public sealed record FieldFilter(string Field, FilterCondition Condition, string Value)
{
    /// <summary>Whether a field's value passes; an absent field (null) passes only the negative conditions.</summary>
    public bool Accepts(string? value) => Condition switch
    {
        FilterCondition.Equal => string.Equals(value, Value, StringComparison.OrdinalIgnoreCase),
        FilterCondition.NotEqual => !string.Equals(value, Value, StringComparison.OrdinalIgnoreCase),
        FilterCondition.Contains => value?.Contains(Value, StringComparison.OrdinalIgnoreCase) == true,
        FilterCondition.NotContains => value?.Contains(Value, StringComparison.OrdinalIgnoreCase) != true,
        FilterCondition.GreaterThan => Compare(value) is > 0,
        FilterCondition.GreaterThanOrEqual => Compare(value) is >= 0,
        FilterCondition.LessThan => Compare(value) is < 0,
        FilterCondition.LessThanOrEqual => Compare(value) is <= 0,
        _ => throw new InvalidOperationException($"{Condition} is not a condition."),
    };

    private int? Compare(string? value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
        && double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : null;
}
