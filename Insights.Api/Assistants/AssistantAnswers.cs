using System.Text.Json;
using System.Text.Json.Serialization;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Search;
using Dunnhumby.Contracts.Tables;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using ModelContextProtocol.Protocol;
using Npgsql;

namespace Dunnhumby.Insights.Api.Assistants;

/// <summary>Answers a call from one version, as <see cref="VersionedFilter"/> does for requests, and puts what went wrong into words.</summary>
internal sealed class AssistantAnswers(CurrentVersion current, FormerVersions former, VersionQueries versions)
{
    /// <summary>Reads from the version of a number, or from the current one; once more if that was removed meanwhile.</summary>
    internal async Task<CallToolResult> FromAsync(int? number, Func<PublishedVersion, Task<CallToolResult>> read, CancellationToken cancellationToken)
    {
        try
        {
            var version = number is { } asked ? await former.FindAsync(asked, cancellationToken) : await current.GetAsync(cancellationToken);
            try
            {
                return await FromAsync(version, read, cancellationToken);
            }
            catch (PostgresException gone) when (gone.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
            {
                var newest = await current.RefreshAsync(cancellationToken);
                return await FromAsync(number is { } removed && removed != newest.Answer.Version ? former.Removed(removed) : newest, read, cancellationToken);
            }
        }
        catch (PostgresException late) when (late.IsTooSlow(cancellationToken))
        {
            return Refused("It takes too long. Narrow it with filters or from and to, or leave sort out.");
        }
        catch (Exception outage) when (DatabaseOutage.Is(outage))
        {
            return Refused("The database does not answer. Ask again in 5 seconds.");
        }
    }

    /// <summary>An answer, in the form that it has over HTTP.</summary>
    internal static CallToolResult Json<T>(T value) => new() { Content = [new TextContentBlock { Text = JsonSerializer.Serialize(value, typeof(T), AssistantJson.Default) }] };

    internal static CallToolResult Refused(string message) => new() { IsError = true, Content = [new TextContentBlock { Text = message }] };

    private async Task<CallToolResult> FromAsync(PublishedVersion version, Func<PublishedVersion, Task<CallToolResult>> read, CancellationToken cancellationToken) =>
        version.Refusal is { } refusal ? Refused(ToolRefusals.OfVersion(refusal.ProblemDetails, await versions.KeptAsync(cancellationToken))) : await read(version);
}

/// <summary>Serialization of every answer, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ListedTables))]
[JsonSerializable(typeof(DescribedTable))]
[JsonSerializable(typeof(PageOfRows))]
[JsonSerializable(typeof(IReadOnlyList<SearchEntry>))]
[JsonSerializable(typeof(Household))]
[JsonSerializable(typeof(InsightsVersion))]
internal sealed partial class AssistantJson : JsonSerializerContext;
