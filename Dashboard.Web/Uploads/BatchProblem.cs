using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Dashboard.Web.Uploads;

/// <summary>What a problem says of a batch that was not loaded whole.</summary>
internal sealed record BatchProblem(Batch? Batch);
