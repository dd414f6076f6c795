namespace Dunnhumby.Hosting.Local.Telemetry.Filters;

/// <summary>How a filter compares, ignoring case. The ordering conditions compare numbers and are false for values that are none.</summary>
public enum FilterCondition
{
    Equal,
    NotEqual,
    Contains,
    NotContains,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
}
