using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>What led to nothing, as problem details: the same in an answer, in a report and in the record of a batch.</summary>
internal static class LoadProblems
{
    /// <summary>It was refused.</summary>
    internal static ProblemDetails Of(Rejection rejection)
    {
        var problem = Problem(rejection.Code, rejection.Title, rejection.Detail, StatusOf(rejection.Kind));
        if (rejection.Line is { } line)
        {
            problem.Extensions["line"] = line;
        }

        if (rejection.ByteOffset is { } offset)
        {
            problem.Extensions["byteOffset"] = offset;
        }

        return problem;
    }

    /// <summary>Too many rows were set aside: the load is kept as failed.</summary>
    internal static ProblemDetails OverBudget(Load load)
    {
        var problem = OverBudget(
            $"{load.Quarantined} of {load.Read} rows were quarantined, more than the error budget allows: nothing was loaded. Read GET /loads/{load.Id}/quarantine, correct the file and send it again, or allow more with maxQuarantined.");
        problem.Extensions["loadId"] = load.Id;
        problem.Extensions["load"] = load;
        return problem;
    }

    /// <summary>Too many rows would be set aside.</summary>
    internal static ProblemDetails OverBudget(UploadCheck check)
    {
        var problem = OverBudget(
            $"{check.Load.Quarantined} of {check.Load.Read} rows would be quarantined, more than the error budget allows: nothing would be loaded. Correct the file by the rows in check, or allow more with maxQuarantined.");
        problem.Extensions["check"] = check;
        return problem;
    }

    private static ProblemDetails OverBudget(string detail) => Problem("over-error-budget", "Too many rows are faulty", detail, StatusCodes.Status422UnprocessableEntity);

    private static ProblemDetails Problem(string code, string title, string detail, int status) =>
        new() { Type = ProblemTypes.Of(code), Title = title, Detail = detail, Status = status };

    private static int StatusOf(RejectionKind kind) => kind switch
    {
        RejectionKind.Content => StatusCodes.Status422UnprocessableEntity,
        RejectionKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RejectionKind.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        RejectionKind.Malformed => StatusCodes.Status400BadRequest,
        RejectionKind.Unknown => StatusCodes.Status404NotFound,
        RejectionKind.Conflict => StatusCodes.Status409Conflict,
        RejectionKind.TooMuch => StatusCodes.Status429TooManyRequests,
        RejectionKind.NoRoom => StatusCodes.Status507InsufficientStorage,
        RejectionKind.Ours => StatusCodes.Status500InternalServerError,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of rejection."),
    };
}
