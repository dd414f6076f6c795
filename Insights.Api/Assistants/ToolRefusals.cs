using System.Globalization;
using Dunnhumby.Insights.Api.Tables;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Assistants;

/// <summary>Why a tool has no answer. An assistant has the tools and their arguments, and none of the addresses that the problems of reads name.</summary>
internal static class ToolRefusals
{
    internal const string NothingPublished =
        "No insights have been published yet. The data set's files have to be uploaded to the ingestion service (POST /loads/{dataset}); the first version follows within seconds, and get_version shows it.";

    /// <summary>Why there is nothing to read of a table; null when there is.</summary>
    internal static string? OfTable(string name, PublishedVersion version) =>
        !version.Exists ? NothingPublished
        : version.Absent(name) is { } absent ? $"There are no figures of {absent.Subject} yet. The table {name} has not been computed yet. {absent.Reason} get_version says more."
        : version.Awaits(name) ? $"There is no {name} yet. It is made on a schedule: as a rule it is within a minute of the first version. list_tables has it as soon as it is made."
        : TableRefusals.Of(name, version) is { ProblemDetails: var unknown } ? $"{unknown.Title} {unknown.Detail}"
        : null;

    /// <summary>Why a version does not answer, with those that do.</summary>
    /// <param name="problem">That of a read.</param>
    /// <param name="kept">The newest first.</param>
    internal static string OfVersion(ProblemDetails problem, IReadOnlyList<int> kept) => kept.Count == 0
        ? $"{problem.Title} Nothing was published yet."
        : $"{problem.Title} The newest one is {kept[0]}. The versions that are kept are {string.Join(", ", kept.Select(version => version.ToString(CultureInfo.InvariantCulture)))}.";
}
