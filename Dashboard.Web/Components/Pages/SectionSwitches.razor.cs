using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Pages;

/// <summary>The chart's legend, each entry of which switches its section on and off.</summary>
public sealed partial class SectionSwitches
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Sections { get; set; }

    /// <summary>Dollars, in the order of <see cref="Sections"/>.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<decimal> Totals { get; set; }

    /// <summary>The sections that are switched off.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlySet<string> Off { get; set; }

    [Parameter]
    public EventCallback<IReadOnlySet<string>> OffChanged { get; set; }

    private Task ToggleAsync(string section)
    {
        var off = Off.ToHashSet(StringComparer.Ordinal);
        if (!off.Remove(section))
        {
            off.Add(section);
        }

        return OffChanged.InvokeAsync(off);
    }
}
