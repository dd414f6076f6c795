namespace Dunnhumby.ServiceDefaults.Problems;

/// <summary>Stable <c>type</c> URIs of problem details: <c>urn:dunnhumby:problem:{code}</c>.</summary>
public static class ProblemTypes
{
    /// <summary>The type URI of a problem code such as <c>unknown-household</c>.</summary>
    public static string Of(string code) => $"urn:dunnhumby:problem:{code}";
}
