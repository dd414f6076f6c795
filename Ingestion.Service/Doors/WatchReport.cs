using System.Text.Json;
using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>What lies beside a file in <c>done/</c> or <c>failed/</c>.</summary>
/// <param name="File">The file's name there.</param>
/// <param name="Outcome"><c>loaded</c>, <c>known</c> (the content had been loaded before: nothing changed) or <c>refused</c>.</param>
/// <param name="FinishedAt">When.</param>
/// <param name="Loads">The loads it led to.</param>
/// <param name="Problem">Why it was refused, as problem details.</param>
internal sealed record WatchReport(string File, string Outcome, DateTimeOffset FinishedAt, IReadOnlyList<UploadedLoad> Loads, JsonElement? Problem);
