using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunnhumby.Dashboard.Web.Components.Addresses;

/// <summary>Names parameters of the address that the page does not have, or reads only one value of.</summary>
public sealed partial class AddressNotice : IDisposable
{
    private List<string> _messages = [];

    /// <summary>The page that is shown.</summary>
    [Parameter]
    public Type? Page { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    protected override void OnParametersSet() => Read();

    /// <summary>The parameters that a page takes from the query.</summary>
    internal static IReadOnlyList<string> ParametersOf(Type page) =>
    [
        .. page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(property => (property, Attribute: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()))
            .Where(pair => pair.Attribute is not null)
            .Select(pair => pair.Attribute?.Name ?? pair.property.Name),
    ];

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        Read();
        StateHasChanged();
    }

    private void Read()
    {
        _messages = [];
        if (Page is null)
        {
            return;
        }

        var known = ParametersOf(Page);
        foreach (var (name, values) in QueryHelpers.ParseQuery(Navigation.ToAbsoluteUri(Navigation.Uri).Query))
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                var takes = known.Count == 0 ? "It takes none." : $"It takes {string.Join(", ", known)}.";
                _messages.Add($"This page has no parameter '{AddressReader.Shown(name)}', so it changes nothing here. {takes}");
            }
            else if (values.Count > 1)
            {
                _messages.Add($"'{AddressReader.Shown(name)}' stands in the address {values.Count} times: only one of them counts here.");
            }
        }
    }
}
