using System.Globalization;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.History;

/// <summary>Compares two versions that are chosen from a list.</summary>
public sealed partial class DifferenceView : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private VersionDifference? _difference;
    private Trouble? _trouble;
    private (int? From, int? To) _loadedFor;

    /// <summary>What there is to choose from.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<VersionSummary> Versions { get; set; }

    [Parameter, EditorRequired]
    public required HistoryFilter Filter { get; set; }

    [Inject]
    private InsightsClient Insights { get; set; } = null!; // Injected.

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_loadedFor != (Filter.From, Filter.To))
        {
            _loadedFor = (Filter.From, Filter.To);
            (_difference, _trouble) = (null, null);
            await ReloadAsync();
        }
    }

    private async Task ReloadAsync()
    {
        if (Filter is not { From: { } from, To: { } to })
        {
            return;
        }

        try
        {
            var answer = await Insights.GetDifferenceAsync(from, to, _gone.Token);
            if (_loadedFor == (from, to))
            {
                (_difference, _trouble) = (answer.Value, answer.Trouble);
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has gone on.
        }
    }

    private void Go(ChangeEventArgs change, int? other, bool isFrom)
    {
        int? chosen = int.TryParse(change.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var (from, to) = isFrom ? (chosen, other) : (other, chosen);
        Navigation.NavigateTo(new HistoryFilter(Filter.Before, from, to).Address);
    }

    /// <summary>The versions of the list, and the chosen one when it is not among them.</summary>
    private RenderFragment Options(int? chosen) => builder =>
    {
        builder.OpenElement(0, "option");
        builder.AddAttribute(1, "value", "");
        builder.AddContent(2, "choose…");
        builder.CloseElement();
        var numbers = Versions.Select(version => version.Version);
        foreach (var number in chosen is { } one ? numbers.Append(one).Distinct() : numbers)
        {
            builder.OpenElement(3, "option");
            builder.SetKey(number);
            builder.AddAttribute(4, "value", $"{number}");
            builder.AddContent(5, $"version {number}");
            builder.CloseElement();
        }
    };

    private static string Count(long? rows) => rows is { } known ? Format.Count(known) : "–";

    private static string Remark(TableDifference table) => string.Join(' ', new[]
    {
        table.Remark,
        table.ColumnsAdded.Count > 0 ? $"New columns: {string.Join(", ", table.ColumnsAdded)}." : null,
        table.ColumnsRemoved.Count > 0 ? $"Columns that are gone: {string.Join(", ", table.ColumnsRemoved)}." : null,
    }.Where(part => part is not null));
}
