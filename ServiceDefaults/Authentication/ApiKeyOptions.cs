using System.ComponentModel;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>The keys that a service accepts, bound from the section <c>ApiKeys</c>: one value per scope, several separated by commas.</summary>
internal sealed class ApiKeyOptions
{
    internal const string Section = "ApiKeys";

    [Description("Keys with scope ingest.")]
    public string? Ingest { get; set; }

    [Description("Keys with scope read.")]
    public string? Read { get; set; }

    [Description("Keys with scope admin.")]
    public string? Admin { get; set; }
}
