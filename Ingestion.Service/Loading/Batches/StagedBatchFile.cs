using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Doors;
using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Loading.Batches;

/// <summary>One file of a batch, read to its end.</summary>
/// <param name="Staged">Its load to be; null when the file was refused or left alone.</param>
/// <param name="Rejection">Why it was refused; null when it was not.</param>
internal sealed record StagedBatchFile(string Path, string? Dataset, StagedLoad? Staged, Rejection? Rejection)
{
    /// <summary>How it ends.</summary>
    /// <param name="isKnown">Another load holds its content.</param>
    internal string Outcome(bool isKnown) => this switch
    {
        { Rejection: not null } => UploadOutcomes.Refused,
        { Staged: null } => UploadOutcomes.Ignored,
        _ when isKnown => UploadOutcomes.Known,
        { Staged.Fails: true } => UploadOutcomes.OverBudget,
        _ => UploadOutcomes.Created,
    };

    /// <summary>Why it is not loaded, as problem details; null when it is.</summary>
    /// <param name="failed">Its load when it is over its budget.</param>
    internal JsonElement? Problem(Load? failed)
    {
        var problem = Rejection is not null ? UploadProblems.Of(Rejection) : failed is not null ? UploadProblems.OverBudget(failed) : null;
        return problem is null ? null : JsonSerializer.SerializeToElement(problem.ProblemDetails, JsonSerializerOptions.Web);
    }
}
