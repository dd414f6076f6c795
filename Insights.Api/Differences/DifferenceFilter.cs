using System.Globalization;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Dunnhumby.Insights.Api.Differences;

/// <summary>
/// What all comparisons have in common: both versions are there, what was compared once does not change, so that a client that has it gets 304, and a comparison
/// that takes too long or loses a version on its way is refused in words.
/// </summary>
internal sealed class DifferenceFilter(FormerVersions versions, IOptions<InsightsOptions> options) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var (from, to) = (Number(http, "from"), Number(http, "to"));
        foreach (var number in new[] { from, to })
        {
            if ((await versions.FindAsync(number, http.RequestAborted)).Refusal is { } refusal)
            {
                return refusal;
            }
        }

        var tag = new EntityTagHeaderValue($"\"v{from}-v{to}\"");
        if (http.Request.Headers.IfNoneMatch.Count > 0 && IfNoneMatch.Read(http.Request, tag).NamesVersion)
        {
            http.Response.Headers.ETag = tag.ToString();
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        try
        {
            var result = await next(context);
            if (result is INestedHttpResult { Result: var nested } ? nested is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } : result is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK })
            {
                http.Response.Headers.ETag = tag.ToString();
            }

            return result;
        }
        catch (PostgresException gone) when (gone.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return (await versions.FindAsync(from, http.RequestAborted)).Refusal
                ?? (await versions.FindAsync(to, http.RequestAborted)).Refusal
                ?? throw new InvalidOperationException($"Versions {from} and {to} are kept, and their tables are not there.", gone);
        }
        catch (PostgresException late) when (late.IsTooSlow(http.RequestAborted))
        {
            return ReadProblems.DifferenceTooSlow(from, to, options.Value.DifferenceTimeout);
        }
        catch (PostgresException other) when (other.SqlState is PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.DatatypeMismatch)
        {
            return ReadProblems.Incomparable("", "A column has another type in the one version than in the other.");
        }
    }

    /// <summary>The handler has it as a number already, or the request would have been refused.</summary>
    private static int Number(HttpContext context, string segment) =>
        int.Parse($"{context.Request.RouteValues[segment]}", NumberStyles.Integer, CultureInfo.InvariantCulture);
}
