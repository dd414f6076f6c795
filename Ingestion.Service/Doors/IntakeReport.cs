using System.Text.Json;
using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>What became of a file.</summary>
/// <param name="State"><see cref="UploadStates.Completed"/> or <see cref="UploadStates.Refused"/>.</param>
/// <param name="Loads">The loads it led to.</param>
/// <param name="Problem">Why it was refused, as problem details.</param>
/// <param name="Batch">What became of each file of an archive that was loaded.</param>
internal sealed record IntakeReport(string State, IReadOnlyList<UploadedLoad> Loads, JsonElement? Problem, Batch? Batch = null);
