using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Pages;

/// <summary>A column heading that is a link to the list in its order; figures start with the largest.</summary>
public sealed partial class SortHeader
{
    [Parameter, EditorRequired]
    public required string Column { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>The list's order now: a column, with <c>-</c> for descending; null for the first column ascending.</summary>
    [Parameter]
    public string? Sort { get; set; }

    [Parameter]
    public bool Numeric { get; set; }

    /// <summary>The address of the list in an order.</summary>
    [Parameter, EditorRequired]
    public required Func<string, string> Address { get; set; }

    private bool Ascending => string.Equals(Sort, Column, StringComparison.Ordinal);

    private bool Descending => string.Equals(Sort, $"-{Column}", StringComparison.Ordinal);

    private string Next => Descending || (!Ascending && !Numeric) ? Column : $"-{Column}";

    private string Direction => (Ascending, Descending) switch
    {
        (true, _) => "ascending",
        (_, true) => "descending",
        _ => "none",
    };

    private string Arrow => (Ascending, Descending) switch
    {
        (true, _) => " ↑",
        (_, true) => " ↓",
        _ => "",
    };
}
