using Dunnhumby.Contracts.Households;
using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Pages;

/// <summary>What is known of a household, and its scores.</summary>
public sealed partial class HouseholdProfile
{
    [Parameter, EditorRequired]
    public required Household Household { get; set; }

    /// <summary>The calendar date of DAY 1.</summary>
    [Parameter]
    public DateOnly? DayOne { get; set; }

    private IEnumerable<(string Name, int Score, string Meaning)> Scores =>
    [
        ("Recency", Household.RScore, "how lately it bought"),
        ("Frequency", Household.FScore, "how often it buys"),
        ("Monetary", Household.MScore, "how much it spends"),
    ];

    private static string Kind(int? kind) => kind switch
    {
        1 => "single",
        2 => "couple",
        3 => "family",
        _ => "unknown",
    };

    private string Day(int day) => DayOne is { } one ? $"{Format.Date(one.AddDays(day - 1))} · {Number(day)}" : Number(day);

    /// <summary>In one piece, however narrow the screen is.</summary>
    private static string Number(int day) => $"DAY\u00A0{day}";
}
