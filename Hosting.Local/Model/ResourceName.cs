using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace Dunnhumby.Hosting.Local.Model;

internal static partial class ResourceName
{
    /// <exception cref="DistributedApplicationException">The name cannot be a resource's: it becomes part of host names and variables.</exception>
    public static void Validate(string name)
    {
        if (name.Length > 64 || !Pattern().IsMatch(name))
        {
            throw new DistributedApplicationException(
                $"'{name}' cannot be the name of a resource: up to 64 ASCII letters, digits and single hyphens, a letter first, no hyphen last.");
        }
    }

    /// <summary>The name as part of an environment variable: <c>insights-api</c> becomes <c>INSIGHTS_API</c>.</summary>
    public static string ToVariable(string name) => NotInVariables().Replace(name, "_").ToUpperInvariant();

    [GeneratedRegex("^[A-Za-z](-?[A-Za-z0-9])*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();

    [GeneratedRegex("[^A-Za-z0-9_]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInVariables();
}
