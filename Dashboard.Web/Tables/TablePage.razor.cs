using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Tables;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Versions;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Tables;

/// <summary>The rows of one published table; filters, order and position are the page's address.</summary>
public sealed partial class TablePage
{
    private DescribedTable? _table;
    private PageOfRows? _page;

    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>Filters by columns, written as a query of its own: <c>department=DELI&amp;section=dairy</c>.</summary>
    [SupplyParameterFromQuery(Name = "filter")]
    private string? Filters { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? After { get; set; }

    /// <summary>The cursors of the pages before.</summary>
    [SupplyParameterFromQuery(Name = "trail")]
    private string? Trail { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    protected override object LoadKey => (Name, Filter.ToQuery());

    /// <summary>What the address asks for. Its values are the service's to judge: it knows the columns.</summary>
    private RowFilter Filter { get; set; } = RowFilter.Read(filter: null, from: null, to: null, sort: null, after: null, trail: null);

    /// <summary>Lineage has no versions of its own: it is of the current one.</summary>
    private string LineageAddress => $"/lineage?table={Uri.EscapeDataString(Name)}";

    private string Path => $"/tables/{Uri.EscapeDataString(Name)}";

    protected override Task OnParametersSetAsync()
    {
        Filter = RowFilter.Read(Filters, From, To, Sort, After, Trail);
        return base.OnParametersSetAsync();
    }

    protected override async Task<Trouble?> LoadAsync(CancellationToken cancellationToken)
    {
        var table = await Insights.GetAsync<DescribedTable>($"tables/{Uri.EscapeDataString(Name)}/about", cancellationToken);
        // Of a table that is not there yet, the rows say why.
        var rows = await Insights.GetAsync<PageOfRows>($"tables/{Uri.EscapeDataString(Name)}/rows{Filter.ToQuery()}", cancellationToken);
        (_table, _page) = (table.Value, rows.Value);
        return rows.Trouble ?? table.Trouble;
    }

    private string Address(RowFilter filter) => Link($"{Path}{filter.ToPageQuery()}");

    private string Download(string format) => AskedVersion.Link($"{Path}/download{Filter.ToDownloadQuery(format)}", AskedFor);

    private void Go(RowFilter filter) => Navigation.NavigateTo(Address(filter));
}
