using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Dunnhumby.Transform.Worker.Inputs;

namespace Dunnhumby.Transform.Worker.Replacements;

/// <summary>How many rows of older loads a load superseded: those that counted before it and whose unit it holds.</summary>
internal static class ReplacedRows
{
    private const string Rank = "load_rank";

    /// <summary>The query that counts them; null when there is nothing to compare with, so that there are none.</summary>
    internal static string? Query(LakeTable table, InputLoad load, LakeInputs inputs, LakeLayout layout)
    {
        // By owner it is older, and it was there: a replay that came later replaced nothing and was not replaced yet.
        var older = inputs.Of(table.Name).Where(other => other.Id < load.Id && (other.Owner, other.Id).CompareTo((load.Owner, load.Id)) < 0).ToList();
        if (older.Count == 0 || load.Files.Count == 0)
        {
            return null;
        }

        var unit = string.Join(", ", table.UnitColumns);
        var own = $"select distinct {unit} from {LakeViews.Lines(table, [load], layout)}";
        if (table.Unit == ReplacementUnit.Row)
        {
            return $"select count(*) from (select distinct {unit} from {LakeViews.Lines(table, older, layout)}) semi join ({own}) using ({unit})";
        }

        // A basket that the mended load has already keeps that owner: its replay replaces nothing of it.
        var rank = LakeViews.RankOf(table, [.. older, load]);
        return $"""
            with own as ({own}),
            older as (select {unit}, {rank} as {Rank} from {LakeViews.Lines(table, older, layout)} semi join own using ({unit})),
            owners as (select {unit}, max({Rank}) as {Rank} from older group by {unit})
            select count(*)
            from older
            semi join owners using ({unit}, {Rank})
            where {Rank} < (select {rank} from (select {load.Id}::bigint as {LakeLayout.PartitionColumn}))
            """;
    }
}
