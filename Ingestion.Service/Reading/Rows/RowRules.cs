using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Files.Columns;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>Checks the rules that a table declares for its rows, once the values of a row are stored.</summary>
internal sealed class RowRules(LakeTable table)
{
    private readonly (RowRule Rule, int Least, int Greatest)[] _rules =
        [.. table.Rules.Select(rule => (rule, Column(table, rule.Least), Column(table, rule.Greatest)))];

    /// <summary>The first rule that the batch's row breaks; null when it keeps all.</summary>
    internal RowFault? Fault(RowBatch batch, int row)
    {
        foreach (var (rule, least, greatest) in _rules)
        {
            var (low, high) = (((Int32Buffer)batch.Columns[least]).Values[row], ((Int32Buffer)batch.Columns[greatest]).Values[row]);
            if (low > high)
            {
                return new RowFault(rule.Reason, rule.Greatest, $"{rule.Greatest} must not be less than {rule.Least}, but {high} is less than {low}. Correct one of them.");
            }
        }

        return null;
    }

    private static int Column(LakeTable table, string header) =>
        table.Columns.Index().First(column => string.Equals(column.Item.Header, header, StringComparison.Ordinal)).Index;
}
