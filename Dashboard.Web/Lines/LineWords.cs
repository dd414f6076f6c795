using Dunnhumby.Contracts.Lines;

namespace Dunnhumby.Dashboard.Web.Lines;

/// <summary>The rules of the cleaning in words.</summary>
internal static class LineWords
{
    internal static string Of(string rule) => rule switch
    {
        LineRules.Zero => "no quantity or no sales value",
        LineRules.OutsideDays => "outside the days that count",
        LineRules.UnknownProduct => "product is not in product.csv",
        LineRules.ExcludedCommodity => "commodity is left out",
        LineRules.SingleDayHousehold => "household came on one day only",
        _ => rule.Replace('_', ' '),
    };
}
