using Dunnhumby.Hosting.Local.Telemetry.Filters;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Dunnhumby.Hosting.Local.Dashboard.Filters;

/// <summary>Conditions on attributes, each with a button that takes it away, and a form for another.</summary>
public sealed partial class FieldFilters
{
    private const string ListId = "filter-fields";

    private bool _isOpen;
    private bool _isToBeFocused;
    private ElementReference _input;
    private string _field = "";
    private string _value = "";
    private FilterCondition _condition;
    private IReadOnlyList<string> _names = [];

    /// <summary>All of them hold.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<FieldFilter> Filters { get; set; } = [];

    [Parameter]
    public EventCallback<IReadOnlyList<FieldFilter>> FiltersChanged { get; set; }

    /// <summary>The names to choose from, asked for when the form opens.</summary>
    [Parameter, EditorRequired]
    public Func<IEnumerable<string>> Names { get; set; } = () => [];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isToBeFocused)
        {
            _isToBeFocused = false;
            await _input.FocusAsync();
        }
    }

    private void Open()
    {
        _isOpen = !_isOpen;
        _isToBeFocused = _isOpen;
        _names = _isOpen ? [.. Names()] : [];
    }

    private void OnKey(KeyboardEventArgs key)
    {
        if (key.Key is "Escape")
        {
            _isOpen = false;
        }
    }

    private Task AddAsync()
    {
        if (string.IsNullOrWhiteSpace(_field))
        {
            return Task.CompletedTask;
        }

        var filter = new FieldFilter(_field.Trim(), _condition, _value.Trim());
        (_isOpen, _field, _value) = (false, "", "");
        return FiltersChanged.InvokeAsync([.. Filters.Append(filter).Distinct()]);
    }

    private Task RemoveAsync(FieldFilter filter) => FiltersChanged.InvokeAsync([.. Filters.Where(other => other != filter)]);
}
