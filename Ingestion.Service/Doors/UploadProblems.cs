using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Uploads that led to nothing, as answers.</summary>
internal static class UploadProblems
{
    /// <summary>What was sent is refused.</summary>
    internal static ProblemHttpResult Of(Rejection rejection) => TypedResults.Problem(LoadProblems.Of(rejection));

    /// <summary>Too many rows were set aside: the load is kept as failed.</summary>
    internal static ProblemHttpResult OverBudget(Load load) => TypedResults.Problem(LoadProblems.OverBudget(load));

    /// <summary>Too many rows would be set aside.</summary>
    internal static ProblemHttpResult OverBudget(UploadCheck check) => TypedResults.Problem(LoadProblems.OverBudget(check));
}
