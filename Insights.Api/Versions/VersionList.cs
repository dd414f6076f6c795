using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Dunnhumby.Insights.Api.Versions;

internal static class VersionListEndpoints
{
    internal static void MapVersionList(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("", Read.Methods, ListAsync).WithName("ListVersions").WithMetadata(new ReadsRegister()).AnswersPagesInForms<VersionSummary>().ProducesProblem(StatusCodes.Status400BadRequest);

    [EndpointSummary(
        "The versions that are kept, newest first, a page at a time: when and by which run each was published, which loads came and went, what was computed, and whether it repeats a former one.")]
    private static async Task<Results<Ok<Page<VersionSummary>>, ProblemHttpResult>> ListAsync(
        [AsParameters] VersionListRequest request, VersionListQueries versions, CancellationToken cancellationToken)
    {
        int? before = null;
        if (request.After is { } after)
        {
            if (!int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return TypedResults.Problem(ParameterProblems.Bad("after", "after takes the next of the page before; leave it out for the first page."));
            }

            before = number;
        }

        return TypedResults.Ok(await versions.ListAsync(before, request.PageSize, cancellationToken));
    }
}

/// <summary>The query of <c>GET /versions</c>.</summary>
// Public because the generator behind AddValidation() passes over internal types, and then nothing would be checked.
public sealed record VersionListRequest
{
    private const int DefaultLimit = 50;

    [Description("The next of the page before.")]
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [Description("How many versions a page has at most: 1 to 200, 50 when left out.")]
    [FromQuery(Name = "limit")]
    [Range(1, 200, ErrorMessage = "limit takes a whole number from 1 to 200.")]
    public int? Limit { get; init; }

    internal int PageSize => Limit ?? DefaultLimit;
}

/// <summary>Reads the versions that are kept.</summary>
internal sealed class VersionListQueries(NpgsqlDataSource database)
{
    /// <param name="before">Only versions with lower numbers; null for the newest ones.</param>
    /// <param name="size">How many a page has.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    internal async Task<Page<VersionSummary>> ListAsync(int? before, int size, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select version.version, version.published_at, version.run_id, run.reason, run.requested_by, version.republishes, version.held_since,
                version.version = (select max(version) from insights.versions) as is_current,
                version.version = 1 or exists (select from insights.versions as former where former.version = version.version - 1) as is_former_known,
                array(
                    select load_id from insights.version_loads as load
                    where load.version = version.version
                        and not exists (select from insights.version_loads as former where former.version = version.version - 1 and former.load_id = load.load_id)
                    order by load_id) as loads_added,
                array(
                    select load_id from insights.version_loads as former
                    where former.version = version.version - 1
                        and not exists (select from insights.version_loads as load where load.version = version.version and load.load_id = former.load_id)
                    order by load_id) as loads_withdrawn,
                array(
                    select name from insights.version_tables as listed
                    where listed.version = version.version and listed.computed_version = version.version
                    order by ordinal) as tables_computed,
                array(
                    select name from insights.version_tables as listed where listed.version = version.version and listed.state in ('stale', 'absent') order by ordinal) as stale_tables,
                (select coalesce(sum(rows), 0)::bigint from insights.version_tables as listed where listed.version = version.version) as rows
            from insights.versions as version
            left join insights.version_runs as run on run.id = version.run_id
            where $1 is null or version.version < $1
            order by version.version desc
            limit $2
            """);
        command.Parameters.Add(new NpgsqlParameter<int?> { TypedValue = before });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = size + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var versions = await reader.ListAsync(Read, cancellationToken);
        return versions.Count <= size
            ? new Page<VersionSummary>(versions, Next: null)
            : new Page<VersionSummary>([.. versions.Take(size)], versions[size - 1].Version.ToString(CultureInfo.InvariantCulture));
    }

    private static VersionSummary Read(NpgsqlDataReader row)
    {
        var isCurrent = row.Value<bool>("is_current");
        var isFormerKnown = row.Value<bool>("is_former_known");
        return new VersionSummary(
            row.Value<int>("version"),
            row.Value<DateTimeOffset>("published_at"),
            isCurrent,
            row.Value<long>("run_id"),
            row.TextOrNull("reason"),
            row.TextOrNull("requested_by"),
            isFormerKnown ? row.Value<long[]>("loads_added") : null,
            isFormerKnown ? row.Value<long[]>("loads_withdrawn") : null,
            row.Value<string[]>("tables_computed"),
            row.Value<long>("rows"))
        {
            Republishes = row.ValueOrNull<int>("republishes"),
            // Only what readers have can be held.
            HeldSince = isCurrent ? row.ValueOrNull<DateTimeOffset>("held_since") : null,
            StaleTables = row.Value<string[]>("stale_tables"),
        };
    }
}
