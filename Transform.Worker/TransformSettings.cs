using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dunnhumby.Lake.Views;
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

    /// <summary>The statements that let queries read the settings with <c>getvariable</c>.</summary>
    internal string Variables =>
        $"""
        set variable first_day = {FirstDay};
        set variable last_day = {LastDay};
        set variable excluded_commodities = {SqlText.List(ExcludedCommodities)}::varchar[];
        set variable recency_days = {SqlText.List(RecencyDays)};
        """;

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <summary>The cleaning rules' and scores' settings, from the section <c>Reference</c>. The defaults are the reference project's.</summary>
internal sealed class ReferenceOptions : IValidatableObject
{
    internal const string Section = "Reference";

    private static readonly string[] DefaultExcludedCommodities = ["GASOLINE-REG UNLEADED"];
    private static readonly int[] DefaultRecencyDays = [525, 615, 675, 700];

    /// <summary>Lines before this DAY are left out.</summary>
    [Range(1, 9_999)]
    public int FirstDay { get; set; } = 101;

    /// <summary>Lines after this DAY are left out.</summary>
    [Range(1, 9_999)]
    public int LastDay { get; set; } = 708;

    /// <summary>Lines of products with one of these in COMMODITY_DESC or SUB_COMMODITY_DESC are left out. Null for the default: a bound list would only add to one.</summary>
    public string[]? ExcludedCommodities { get; set; }

    /// <summary>The last DAYs that score recency 1, 2, 3 and 4; later ones score 5. Null for the default.</summary>
    public int[]? RecencyDays { get; set; }

    internal IReadOnlyList<string> EffectiveExcludedCommodities => ExcludedCommodities ?? DefaultExcludedCommodities;

    internal IReadOnlyList<int> EffectiveRecencyDays => RecencyDays ?? DefaultRecencyDays;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (FirstDay > LastDay)
        {
            yield return new ValidationResult("Reference:FirstDay must not be after Reference:LastDay.", [nameof(FirstDay), nameof(LastDay)]);
        }

        if (EffectiveRecencyDays.Count != 4 || !EffectiveRecencyDays.Order().SequenceEqual(EffectiveRecencyDays))
        {
            yield return new ValidationResult("Reference:RecencyDays must be four days, ascending.", [nameof(RecencyDays)]);
        }
    }
}

/// <summary>The calendar of the panel, from the section <c>Calendar</c>. The files hold day numbers only.</summary>
internal sealed class CalendarOptions
{
    internal const string Section = "Calendar";

    /// <summary>The date of DAY 1; the default is the reference project's derivation.</summary>
    public DateOnly DayOne { get; set; } = new(2004, 3, 23);
}
