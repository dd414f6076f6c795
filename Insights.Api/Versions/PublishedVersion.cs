using System.Text.RegularExpressions;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>
/// The version that a request is answered from. Handlers take it as a parameter, and everything they read comes from its
/// <see cref="Schema"/>: an answer never mixes versions.
/// </summary>
internal sealed partial class PublishedVersion
{
    private const int MostRows = 10_000;

    /// <summary>Of a former version few are asked for, and several such versions may be known.</summary>
    private const int MostRowsOfFormer = 500;

    private const int MostTotals = 1_000;
    private const int MostTables = 1_000;
    private const int MostTablesOfFormer = 50;

    /// <summary>What is served before anything was published.</summary>
    internal static readonly PublishedVersion None = NoneAfter(failed: null);

    /// <param name="answer">What <c>GET /version</c> says.</param>
    /// <param name="schema">The schema that holds the version's tables.</param>
    /// <param name="isFormer">Whether it was asked for by its number, and another one is current.</param>
    /// <exception cref="InvalidOperationException">The schema's name is not one that the publisher makes.</exception>
    internal PublishedVersion(InsightsVersion answer, string schema, bool isFormer = false)
    {
        // The name goes into SQL as it is, so its shape is checked here, once.
        if (answer.Version != 0 && !SchemaName().IsMatch(schema))
        {
            throw new InvalidOperationException($"Version {answer.Version} has the unusable schema name '{schema}'.");
        }

        Answer = answer;
        Schema = schema;
        var mostRows = isFormer ? MostRowsOfFormer : MostRows;
        (Households, Rows) = (new Remembered<int, Household>(mostRows), new Remembered<string, object>(mostRows));
        LittleTables = new Remembered<string, object>(isFormer ? MostTablesOfFormer : MostTables);
        // What a failed run or a hold changes is what /version says; one tag for all addresses keeps the rule simple.
        var held = answer.HeldSince is null ? "" : ".h";
        var failed = answer.FailedRun is { } run ? $".r{run.Id}" : "";
        EntityTag = new EntityTagHeaderValue($"\"v{answer.Version}{held}{failed}\"");
        EntityTagText = EntityTag.ToString();
    }

    internal InsightsVersion Answer { get; }

    internal string Schema { get; }

    internal EntityTagHeaderValue EntityTag { get; }

    internal string EntityTagText { get; }

    /// <summary>The tables of <see cref="Answer"/>, with what is said of them.</summary>
    internal IReadOnlyList<DescribedTable> Tables { get; init; } = [];

    /// <summary>Households that were asked for, at about 2 KB each.</summary>
    internal Remembered<int, Household> Households { get; }

    /// <summary>Single things that were asked for, such as products and campaigns, by what they are, at about 1 KB each.</summary>
    internal Remembered<string, object> Rows { get; }

    /// <summary>Tables, or what filters leave of them, that were sent in one piece, by what was asked for, at up to 32 KB each.</summary>
    internal Remembered<string, object> LittleTables { get; }

    /// <summary>What rows add up to, by the filters that were asked for, at about 200 bytes each.</summary>
    internal Remembered<string, object> Totals { get; } = new(MostTotals);

    /// <summary>Why a request cannot be answered from the version that it asks for; null when it can.</summary>
    internal ProblemHttpResult? Refusal { get; private init; }

    /// <summary>Whether there is anything to read.</summary>
    internal bool Exists => Answer.Version != 0;

    /// <summary>The calendar date of a DAY: DAY 1 is the version's <see cref="InsightsVersion.DayOne"/>.</summary>
    /// <exception cref="InvalidOperationException">Nothing is published.</exception>
    internal DateOnly DateOf(int day) => (Answer.DayOne ?? throw new InvalidOperationException("Version 0 has no calendar.")).AddDays(day - 1);

    /// <summary>What is served while nothing was published, perhaps because the first run failed.</summary>
    internal static PublishedVersion NoneAfter(FailedRun? failed) =>
        new(new InsightsVersion(0, PublishedAt: null, DayOne: null, [], [], []) { FailedRun = failed }, schema: "");

    /// <summary>What stands for a version that a request asks for and does not get.</summary>
    internal static PublishedVersion Refused(ProblemHttpResult problem) =>
        new(new InsightsVersion(0, PublishedAt: null, DayOne: null, [], [], []), schema: "") { Refusal = problem };

    /// <summary>What is known of a table that the version is without because it could not be computed; null when it is there, or is no table at all.</summary>
    internal StaleTable? Absent(string table) =>
        Answer.StaleTables.FirstOrDefault(stale => stale.IsAbsent && string.Equals(stale.Name, table, StringComparison.Ordinal));

    /// <summary>Whether the version is without a table only because that is made on a schedule and was not made yet.</summary>
    internal bool Awaits(string table) =>
        Answer.WaitingTables.Any(waiting => waiting.ComputedVersion is null && string.Equals(waiting.Name, table, StringComparison.Ordinal));

    /// <summary>Binds the version that the query asks for, or else the current one, to a handler's parameter. <see cref="VersionedFilter"/> answers what is refused.</summary>
    public static async ValueTask<PublishedVersion?> BindAsync(HttpContext context) =>
        await context.RequestServices.GetRequiredService<FormerVersions>().FindAsync(context.Request.Query, context.RequestAborted);

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SchemaName();
}
