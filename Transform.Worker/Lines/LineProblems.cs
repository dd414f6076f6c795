using System.Globalization;
using DuckDB.NET.Data;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>Why lines cannot be read.</summary>
internal static class LineProblems
{
    private const int MaxNamedLoads = 10;
    private const string Narrower = "Ask for less: one day, or one basket.";

    internal static ProblemHttpResult UnknownVersion(int version) => Problem(
        StatusCodes.Status404NotFound, "unknown-version", $"There is no version {version}.", "GET /versions of the insights service lists those that are kept.");

    internal static ProblemHttpResult FilesRemoved(int version, IReadOnlyList<long> loads)
    {
        var shown = string.Join(", ", loads.Take(MaxNamedLoads).Select(load => load.ToString(CultureInfo.InvariantCulture)));
        return Problem(
            StatusCodes.Status410Gone,
            "lines-removed",
            $"The lines of version {version} are not all there any more.",
            $"The lake has removed the files of {(loads.Count == 1 ? "load" : "loads")} {shown}{(loads.Count > MaxNamedLoads ? ", …" : "")}, which were withdrawn. The version's figures stay; lines of the current version are there.");
    }

    internal static ProblemHttpResult Busy(int readers) => Problem(
        StatusCodes.Status503ServiceUnavailable,
        "lines-busy",
        "Others are reading lines.",
        $"{readers} readings take place at once at most (Lines__MaxConcurrent of the transform service), and none has ended in time. Ask again in a few seconds.");

    internal static ProblemHttpResult TooSlow(TimeSpan limit) => Problem(
        StatusCodes.Status504GatewayTimeout,
        "lines-too-slow",
        "Reading these lines takes too long.",
        $"It was stopped after {limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s (Lines__Timeout of the transform service). {Narrower}");

    internal static ProblemHttpResult BeingCopied() => Problem(
        StatusCodes.Status503ServiceUnavailable,
        "lines-being-copied",
        "Files of the lake are being copied for reading lines.",
        "That happens once for each file after a start of the transform service, and goes on. Ask again in a few seconds.");

    /// <summary>Why the engine could not read: it tells what it lacks in its words only.</summary>
    internal static ProblemHttpResult Of(Exception failure, LineOptions options) => failure switch
    {
        { Message: var text } when text.StartsWith("Out of Memory Error", StringComparison.Ordinal) => TooLarge(options.MemoryLimit),
        { Message: var text } when text.Contains("No space left on device", StringComparison.Ordinal) => NoRoom(),
        DuckDBException => Unreadable(),
        _ => NoRoom(),
    };

    private static ProblemHttpResult NoRoom() => Problem(
        StatusCodes.Status503ServiceUnavailable,
        "lines-no-room",
        "There is no room for the copies from which lines are read.",
        "The folder Transform:CacheDirectory of the transform service is full, or cannot be written to. It needs about as much room as the lake's transactions.");

    private static ProblemHttpResult TooLarge(string memory) => Problem(
        StatusCodes.Status503ServiceUnavailable,
        "lines-too-large",
        "Reading these lines needs too much memory.",
        $"It was stopped at {memory} (Lines__MemoryLimit of the transform service). {Narrower}");

    private static ProblemHttpResult Unreadable() => Problem(
        StatusCodes.Status503ServiceUnavailable,
        "lines-unreadable",
        "A file of the lake cannot be read.",
        "Ask again: it may just have been merged. If it happens again, GET /lake of the ingestion service names damaged files.");

    private static ProblemHttpResult Problem(int status, string code, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: ProblemTypes.Of(code));
}
