using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Loads.Quarantine;

/// <summary>A load's quarantine by reason and column; the chosen group's rows, to be mended and replayed.</summary>
public sealed partial class QuarantinePage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private long _id;
    private Load? _load;
    private QuarantineSummary? _summary;
    private Page<QuarantinedRow> _rows = new([], Next: null);
    private Replay? _replayed;
    private Trouble? _trouble;
    private object? _loadedFor;

    [Parameter]
    public required string Id { get; set; }

    [SupplyParameterFromQuery(Name = "reason")]
    private string? Reason { get; set; }

    [SupplyParameterFromQuery(Name = "column")]
    private string? Column { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

    /// <summary>The group that the address names, else the largest.</summary>
    private QuarantineGroup? Group => Reason is null
        ? _summary is { Groups: [var largest, ..] } ? largest : null
        : _summary?.Groups.FirstOrDefault(group => string.Equals(group.Reason, Reason, StringComparison.Ordinal) && string.Equals(group.Column ?? "", Column ?? "", StringComparison.Ordinal));

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        var key = (Id, Reason, Column, After);
        if (key.Equals(_loadedFor))
        {
            return Task.CompletedTask;
        }

        _loadedFor = key;
        if (AddressReader.Key<long>(Id) is not { } id)
        {
            _trouble = AddressReader.NoSuch("load", Id);
            return Task.CompletedTask;
        }

        _id = id;
        return ReloadAsync();
    }

    /// <summary>What is wrong with the group that the address names, if anything.</summary>
    private Trouble? Misplaced()
    {
        var address = new AddressReader();
        if (Reason is null && Column is not null)
        {
            address.Refuse("column names a group together with reason: give both, or neither.");
        }
        else if (Reason is not null && Group is null && _summary is { Groups: { Count: > 0 } groups })
        {
            var known = groups.Select(group => $"{group.Reason} of {group.Column ?? "whole rows"}");
            address.Refuse($"No row of this load has the reason '{AddressReader.Shown(Reason)}' {(Column is { Length: > 0 } ? $"in column '{AddressReader.Shown(Column)}'" : "as a whole")}. There are: {string.Join(", ", known)}.");
        }

        return address.Trouble;
    }

    private string Address(QuarantineGroup group) =>
        $"/loads/{_id}/quarantine?reason={Uri.EscapeDataString(group.Reason)}&column={Uri.EscapeDataString(group.Column ?? "")}";

    private async Task ReloadAsync()
    {
        try
        {
            var load = await Ingestion.GetLoadAsync(_id, _gone.Token);
            var summary = load.Succeeded ? await Ingestion.GetQuarantineSummaryAsync(_id, _gone.Token) : null;
            (_load, _summary, _trouble) = (load.Value, summary?.Value, load.Trouble ?? summary?.Trouble);
            _trouble ??= Misplaced();
            if (_trouble is null && Group is { } group)
            {
                var rows = await Ingestion.GetQuarantineAsync(_id, group, After, _gone.Token);
                (_rows, _trouble) = (rows.Value ?? _rows, rows.Trouble);
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }

    private Task ReplayedAsync(Replay replay)
    {
        _replayed = replay;
        return ReloadAsync();
    }
}
