using Dunnhumby.Insights.Api.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>
/// Answers from one version: the handler's <see cref="PublishedVersion"/> gives both the rows and the ETag. A current version whose schema was removed
/// between look-up and read (its successors have been published) is replaced by the one that is current now, once; one that was asked for by its number is
/// gone.
/// </summary>
internal sealed class VersionedFilter(CurrentVersion current, FormerVersions former) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var position = PositionOfVersion(context);
        try
        {
            return await AnswerAsync(context, next, position);
        }
        catch (PostgresException gone) when (gone.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            var tried = context.GetArgument<PublishedVersion>(position).Answer.Version;
            var newest = await current.RefreshAsync(context.HttpContext.RequestAborted);
            context.Arguments[position] = !context.HttpContext.Request.Query.ContainsKey(FormerVersions.Parameter.Name) ? newest
                : newest.Answer.Version == tried ? throw new InvalidOperationException($"Version {tried} is current, and its tables are not there.", gone)
                : former.Removed(tried);
            return await AnswerAsync(context, next, position);
        }
    }

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, int position)
    {
        var version = context.GetArgument<PublishedVersion>(position);
        if (version.Refusal is { } refusal)
        {
            return refusal;
        }

        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ReadsTable>() is { } reads && version.Absent(reads.Name) is { } absent)
        {
            return ReadProblems.TableMissing(absent);
        }

        var known = context.HttpContext.Request.Headers.IfNoneMatch;
        var asked = known.Count == 0 ? default : IfNoneMatch.Read(context.HttpContext.Request, version.EntityTag);
        if (asked.NamesVersion)
        {
            // A client has this tag from a successful answer at this address, so what it holds is what would be sent.
            return NotModified(context.HttpContext, version);
        }

        var result = await next(context);
        if (!Succeeded(result))
        {
            return result;
        }

        if (asked.NamesAnything)
        {
            await DisposeAsync(result);
            return NotModified(context.HttpContext, version);
        }

        Tag(context.HttpContext, version);
        return result;
    }

    private static StatusCodeHttpResult NotModified(HttpContext context, PublishedVersion version)
    {
        Tag(context, version);
        InsightsTelemetry.NotModified.Add(1);
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }

    private static void Tag(HttpContext context, PublishedVersion version)
    {
        var headers = context.Response.Headers;
        headers.ETag = version.EntityTagText;
    }

    private static ValueTask DisposeAsync(object? result) => result switch
    {
        INestedHttpResult nested => DisposeAsync(nested.Result),
        IAsyncDisposable opened => opened.DisposeAsync(),
        _ => ValueTask.CompletedTask,
    };

    private static bool Succeeded(object? result) => result switch
    {
        INestedHttpResult nested => Succeeded(nested.Result),
        IStatusCodeHttpResult { StatusCode: { } status } => status is StatusCodes.Status200OK,
        _ => true,
    };

    private static int PositionOfVersion(EndpointFilterInvocationContext context)
    {
        for (var position = 0; position < context.Arguments.Count; position++)
        {
            if (context.Arguments[position] is PublishedVersion)
            {
                return position;
            }
        }

        throw new InvalidOperationException($"{context.HttpContext.GetEndpoint()} takes no {nameof(PublishedVersion)}.");
    }
}

/// <summary>Marks an endpoint that has no answer while a version is without this table.</summary>
/// <param name="Name">The table.</param>
internal sealed record ReadsTable(string Name);

/// <summary>Marks an endpoint that also reads this table, and answers without it.</summary>
/// <param name="Name">The table.</param>
internal sealed record AlsoReads(string Name);

/// <summary>Marks an endpoint that reads whatever table it is asked for.</summary>
internal sealed record ReadsAnyTable;

/// <summary>Marks an endpoint that reads no table, only what is said of versions.</summary>
internal sealed record ReadsRegister;

/// <summary>What a request's <c>If-None-Match</c> says about a version (RFC 9110, 13.1.2: weak comparison, a list, or <c>*</c>).</summary>
/// <param name="NamesVersion">The version's tag is listed.</param>
/// <param name="NamesAnything"><c>*</c>: any existing representation matches.</param>
internal readonly record struct IfNoneMatch(bool NamesVersion, bool NamesAnything)
{
    internal static IfNoneMatch Read(HttpRequest request, EntityTagHeaderValue tag)
    {
        var listed = request.GetTypedHeaders().IfNoneMatch;
        return new IfNoneMatch(
            listed.Any(known => known.Compare(tag, useStrongComparison: false)),
            listed.Any(known => known.Equals(EntityTagHeaderValue.Any)));
    }
}

internal static class Read
{
    /// <summary>What every endpoint is mapped for: routing does not take a GET endpoint for HEAD by itself.</summary>
    internal static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
}
