using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components.States;
using Dunnhumby.Dashboard.Web.Formatting;
using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Layout;

/// <summary>Says on every page which figures are out of date, why, and what to do. Nothing while all are right.</summary>
public sealed partial class StaleNotice : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _following;
    private InsightsVersion? _version;
    private int? _asked;

    /// <summary>The page that is shown: one of figures may be asked for a version of its own.</summary>
    [Parameter]
    public Type? Page { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    [Inject]
    private InsightsClient Insights { get; set; } = null!; // Injected.

    [Inject]
    private VersionFeed Versions { get; set; } = null!; // Injected.

    public void Dispose()
    {
        _following?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized() => _following = Versions.Subscribe(() => InvokeAsync(async () =>
    {
        await ReloadAsync();
        StateHasChanged();
    }));

    /// <summary>With every page, since the layout is rendered anew.</summary>
    protected override async Task OnParametersSetAsync()
    {
        var asked = Page?.IsSubclassOf(typeof(InsightsPage)) is true ? AskedVersion.Number(AskedVersion.TextIn(Navigation)) : null;
        if (_version is null || asked != _asked)
        {
            (_asked, _version) = (asked, asked == _asked ? _version : null);
            await ReloadAsync();
        }
    }

    private async Task ReloadAsync()
    {
        try
        {
            // Without an answer the page itself says what is wrong.
            var insights = _asked is { } asked ? Insights.Of(asked) : Insights;
            _version = (await insights.GetVersionAsync(_gone.Token)).Value ?? _version;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }
}

/// <summary>Figures that are out of date for the same reason, in words.</summary>
/// <param name="Figures">Which figures, and how old they are: whole sentences.</param>
/// <param name="Reason">Why, as the service says it.</param>
internal sealed record StaleCause(
    IReadOnlyList<string> Figures,
    string Reason,
    string EngineText,
    IReadOnlyList<long> SuspectedLoads,
    IReadOnlyList<long> MissingLoads,
    IReadOnlyList<long> WithdrawnLoads)
{
    internal static string Title(InsightsVersion version) => version switch
    {
        { Version: 0 } => "There are no figures: the run that should compute them failed",
        { FailedRun: { } run } => $"The figures are out of date: run {run.Id} failed",
        _ => "Some figures are out of date",
    };

    /// <summary>The causes, in the order of the tables.</summary>
    internal static IReadOnlyList<StaleCause> Of(InsightsVersion version)
    {
        if (version is { StaleTables.Count: 0, FailedRun: { } run })
        {
            return [new StaleCause([], run.Reason, run.EngineText ?? "", run.Loads, [], [])];
        }

        return
        [
            .. version.StaleTables
                .GroupBy(table => (table.Reason, Suspected: string.Join(' ', table.SuspectedLoads)))
                .Select(tables => new StaleCause(
                    [.. tables.GroupBy(table => (table.IsAbsent, table.ComputedVersion, table.ComputedAt)).Select(Sentence)],
                    tables.Key.Reason,
                    string.Join('\n', tables.Select(table => table.EngineText).Distinct(StringComparer.Ordinal)),
                    tables.First().SuspectedLoads,
                    Union(tables, table => table.MissingLoads),
                    Union(tables, table => table.WithdrawnLoads))),
        ];
    }

    private static string Sentence(IGrouping<(bool IsAbsent, int? ComputedVersion, DateTimeOffset? ComputedAt), StaleTable> tables)
    {
        var subjects = string.Join(", ", tables.Select(table => table.Subject));
        subjects = char.ToUpperInvariant(subjects[0]) + subjects[1..];
        return tables.Key switch
        {
            { IsAbsent: true } => $"{subjects}: there are no figures yet.",
            { ComputedAt: { } at } => $"{subjects}: shown as of version {tables.Key.ComputedVersion}, {Format.Instant(at)}.",
            _ => $"{subjects}: shown as they were last computed.",
        };
    }

    private static IReadOnlyList<long> Union(IEnumerable<StaleTable> tables, Func<StaleTable, IReadOnlyList<long>> loads) => [.. tables.SelectMany(loads).Distinct().Order()];
}
