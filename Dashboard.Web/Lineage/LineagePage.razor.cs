using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Lineage;

/// <summary>Draws where the figures come from; the table that is looked at is in the address.</summary>
public sealed partial class LineagePage
{
    private LineageGraph _graph = new(0, PublishedAt: null, RunId: null, [], [], []);
    private LineageTable? _chosen;
    private bool _listed;

    [SupplyParameterFromQuery(Name = "table")]
    private string? Table { get; set; }

    protected override object LoadKey => true;

    private string Summary => $"{Format.Count(Of(LineageKinds.Dataset), "data set")} and {Format.Count(Of(LineageKinds.Model), "model")} make "
        + $"{Format.Count(Of(LineageKinds.Table), "published table")}.";

    /// <summary>The address at which a table is looked at.</summary>
    internal static string AddressOf(string table) => $"/lineage?table={Uri.EscapeDataString(table)}";

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        Choose();
    }

    protected override async Task<Trouble?> LoadAsync(CancellationToken cancellationToken)
    {
        var answer = await Insights.GetAsync<LineageGraph>("lineage", cancellationToken);
        _graph = answer.Value ?? _graph;
        Choose();
        return answer.Trouble;
    }

    private void Choose() => _chosen = _graph.Tables.FirstOrDefault(table => string.Equals(table.Name, Table, StringComparison.Ordinal));

    private int Of(string kind) => _graph.Tables.Count(table => string.Equals(table.Kind, kind, StringComparison.Ordinal));
}
