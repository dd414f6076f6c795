namespace Dunnhumby.Contracts.Insights;

/// <summary>The fifteen sections of the store that commodities belong to, alphabetically; what the section map does not list is <c>misc</c>.</summary>
public static class Sections
{
    public const string Misc = "misc";

    public static IReadOnlyList<string> All { get; } =
    [
        "alcohol", "beverages", "concessions", "dairy", "drug", "garden", "grain_goods", "grocery",
        "home_family", "junk_food", "kitchen", "meat", Misc, "produce", "seasonal",
    ];
}
