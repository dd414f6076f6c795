using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker;

/// <summary>The settings that figures depend on: part of a version's fingerprint and stored with it.</summary>
internal sealed record TransformSettings(
    int FirstDay,
    int LastDay,
    IReadOnlyList<string> ExcludedCommodities,
    IReadOnlyList<int> RecencyDays,
    DateOnly DayOne)
{
    internal static TransformSettings From(IOptions<ReferenceOptions> reference, IOptions<CalendarOptions> calendar) => new(
        reference.Value.FirstDay,
        reference.Value.LastDay,
        reference.Value.EffectiveExcludedCommodities,
        reference.Value.EffectiveRecencyDays,
        calendar.Value.DayOne);

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
