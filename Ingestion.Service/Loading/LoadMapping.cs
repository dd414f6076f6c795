using System.Linq.Expressions;
using Dunnhumby.Catalog.Loads;
using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>From the catalog's row to the answer.</summary>
internal static class LoadMapping
{
    private static readonly Func<LoadEntity, Load> Compiled = Expression.Compile();

    internal static Expression<Func<LoadEntity, Load>> Expression => load => new Load(
        load.Id,
        load.Dataset,
        load.State,
        load.Sha256,
        load.Bytes,
        load.Read,
        load.Loaded,
        load.Quarantined,
        load.Deduplicated,
        load.BlankLines,
        load.SalesValue,
        load.ReceivedAt,
        load.CompletedAt,
        load.TraceId)
    {
        Discarded = load.Discarded,
        Sales = load.SalesRead == null ? null : new SalesReconciliation(
            load.SalesRead.Value,
            load.SalesValue ?? 0,
            load.SalesQuarantined ?? 0,
            load.SalesDeduplicated ?? 0,
            load.SalesDiscarded ?? 0,
            load.SalesUnreadableRows ?? 0),
        MultilineFields = load.MultilineFields,
        FirstMultilineLine = load.FirstMultilineLine,
        BatchId = load.BatchId,
        ReplaysLoadId = load.ReplaysLoadId,
        Replaced = load.Replaced,
        WithdrawnAt = load.WithdrawnAt,
        WithdrawnBy = load.WithdrawnBy,
        FileName = load.FileName,
        LoadedBy = load.LoadedBy ?? load.ReplayedBy,
    };

    internal static Load ToContract(this LoadEntity load) => Compiled(load);
}
