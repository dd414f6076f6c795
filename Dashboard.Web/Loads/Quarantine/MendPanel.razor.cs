using System.Globalization;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Loads.Quarantine;

/// <summary>Edits the rows of a group or one of them, shows what the service says of the outcome, and replays what is right.</summary>
public sealed partial class MendPanel
{
    private IReadOnlyList<string> _columns = [];
    private long? _line;
    private EditForm _form = EditForm.All[0];
    private string _field = "";
    private string _from = "";
    private string _to = "";
    private bool _working;
    private bool _ready;
    private MendCheck? _check;
    private Trouble? _trouble;

    [Parameter, EditorRequired]
    public required long LoadId { get; set; }

    [Parameter, EditorRequired]
    public required string Dataset { get; set; }

    [Parameter, EditorRequired]
    public required QuarantineGroup Group { get; set; }

    [Parameter]
    public EventCallback<Replay> OnReplayed { get; set; }

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

    private string ReplayText => _check is null ? "Replay" : $"Replay {Format.Count(_check.Passing + _check.Dropped, "row")}";

    private string Outcome => _check is null
        ? "Check what the edit does before the rows are replayed."
        : $"{Format.Count(_check.Taken, "row")}: {Format.Count(_check.Passing)} right, {Format.Count(_check.Faulty)} still faulty (they stay in quarantine), {Format.Count(_check.Dropped)} dropped.";

    protected override async Task OnInitializedAsync()
    {
        _field = Group.Column ?? "";
        var datasets = await Ingestion.GetDatasetsAsync(CancellationToken.None);
        _columns = [.. (datasets.Value ?? []).Where(dataset => string.Equals(dataset.Name, Dataset, StringComparison.Ordinal)).SelectMany(dataset => dataset.Columns).Select(column => column.Name)];
        _trouble = datasets.Trouble;
    }

    /// <summary>What is typed before the page is connected is not heard: nothing can be checked until then.</summary>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ready = true;
            StateHasChanged();
        }
    }

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";

    private static long? Number(ChangeEventArgs change) => long.TryParse(Text(change), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What was checked is what is replayed: another edit has to be checked first.</summary>
    private void Change(Action change)
    {
        change();
        if (_form is { HasField: true, WithoutField: null } && _field.Length == 0)
        {
            _field = _columns.Count > 0 ? _columns[0] : "";
        }

        _check = null;
    }

    private MendRequest Request()
    {
        var edit = new RowEdit(_form.Kind, Field: _form.HasField && _field.Length > 0 ? _field : null, From: _form.HasFrom ? _from : null, To: _form.To is null ? null : _to);
        return new MendRequest(
            [_line is { } line ? edit with { Lines = [line] } : edit with { Reason = Group.Reason, Column = Group.Column ?? "" }],
            LeaveFaulty: true);
    }

    private async Task CheckAsync()
    {
        _working = true;
        var answer = await Ingestion.CheckAsync(LoadId, Request(), CancellationToken.None);
        (_working, _check, _trouble) = (false, answer.Value, answer.Trouble);
    }

    private async Task ReplayAsync()
    {
        _working = true;
        var answer = await Ingestion.ReplayAsync(LoadId, Request(), CancellationToken.None);
        (_working, _check, _trouble) = (false, null, answer.Trouble);
        if (answer.Succeeded)
        {
            await OnReplayed.InvokeAsync(answer.Value);
        }
    }
}

/// <summary>The form of one kind of edit.</summary>
/// <param name="Kind">One of <see cref="RowEditKinds.All"/>.</param>
/// <param name="Label">What it does, as the reader chooses it.</param>
/// <param name="HasField">Whether it asks for a column.</param>
/// <param name="WithoutField">What it changes without a column; null when it needs one.</param>
/// <param name="HasFrom">Whether it asks for the text to be replaced.</param>
/// <param name="To">What the new text is called; null when it takes none.</param>
internal sealed record EditForm(string Kind, string Label, bool HasField = false, string? WithoutField = null, bool HasFrom = false, string? To = null)
{
    internal static readonly IReadOnlyList<EditForm> All =
    [
        new(RowEditKinds.Replace, "replace text", HasField: true, WithoutField: "the whole row", HasFrom: true, To: "By"),
        new(RowEditKinds.Set, "set a field", HasField: true, To: "To"),
        new(RowEditKinds.Trim, "trim white space", HasField: true, WithoutField: "every column"),
        new(RowEditKinds.Row, "replace the whole row (one line)", To: "Whole row"),
        new(RowEditKinds.Keep, "load as it is"),
        new(RowEditKinds.Drop, "drop"),
    ];

    internal static EditForm Of(string kind) => All.First(form => string.Equals(form.Kind, kind, StringComparison.Ordinal));
}
