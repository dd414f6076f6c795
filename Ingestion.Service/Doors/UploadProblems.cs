using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Uploads that led to nothing, as problem details.</summary>
internal static class UploadProblems
{
    /// <summary>The file was refused.</summary>
    internal static ProblemHttpResult Of(Rejection rejection)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (rejection.Line is { } line)
        {
            extensions["line"] = line;
        }

        if (rejection.ByteOffset is { } offset)
        {
            extensions["byteOffset"] = offset;
        }

        return TypedResults.Problem(rejection.Detail, statusCode: rejection.Status, title: rejection.Title, type: ProblemTypes.Of(rejection.Code), extensions: extensions);
    }

    /// <summary>Too many rows were set aside: the load is kept as failed.</summary>
    internal static ProblemHttpResult OverBudget(Load load) => TypedResults.Problem(
        type: ProblemTypes.Of("over-error-budget"),
        title: "Too many rows are faulty",
        detail: $"{load.Quarantined} of {load.Read} rows were quarantined, more than the error budget allows: nothing was loaded. Read GET /loads/{load.Id}/quarantine, mend the file and send it again, or allow more with maxQuarantined.",
        statusCode: StatusCodes.Status422UnprocessableEntity,
        extensions: [new("loadId", load.Id), new("load", load)]);

    /// <summary>Too many rows would be set aside.</summary>
    internal static ProblemHttpResult OverBudget(UploadCheck check) => TypedResults.Problem(
        type: ProblemTypes.Of("over-error-budget"),
        title: "Too many rows are faulty",
        detail: $"{check.Load.Quarantined} of {check.Load.Read} rows would be quarantined, more than the error budget allows: nothing would be loaded. Mend the file by the rows in check, or allow more with maxQuarantined.",
        statusCode: StatusCodes.Status422UnprocessableEntity,
        extensions: [new("check", check)]);
}
