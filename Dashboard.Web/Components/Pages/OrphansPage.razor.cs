using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Formatting;

namespace Dunnhumby.Dashboard.Web.Components.Pages;

/// <summary>Rows of the eight tables that point at nothing, per reference.</summary>
public sealed partial class OrphansPage
{
    private OrphanReference[] _references = [];

    protected override object LoadKey => true;

    private string Summary => _references.Sum(reference => reference.Rows ?? 0) is > 0 and var rows
        ? $"{Format.Count(rows, "orphan")} in {Format.Count(_references.Count(reference => reference.Rows > 0))} of {Format.Count(_references.Length)} references."
        : "Every row points at something that is there.";

    protected override async Task<Trouble?> LoadAsync(CancellationToken cancellationToken)
    {
        var answer = await Insights.GetOrphansAsync(cancellationToken);
        _references = answer.Value ?? [];
        return answer.Trouble;
    }
}
