using System.Globalization;
using System.Runtime.InteropServices;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>How many rows of a load may be quarantined before it fails.</summary>
/// <param name="Rows">Tolerated whatever their share.</param>
/// <param name="Percent">Tolerated share of the rows read.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ErrorBudget(long Rows, double Percent)
{
    private const double Whole = 100;

    /// <summary>The budget of the settings.</summary>
    internal static ErrorBudget Default(IngestionOptions options) => new(options.MinQuarantinedRows, options.MaxQuarantinedPercent);

    /// <summary>Reads <c>500</c> (rows) or <c>5%</c>; null when it is neither.</summary>
    internal static ErrorBudget? Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.EndsWith('%'))
        {
            return double.TryParse(trimmed[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= Whole
                ? new ErrorBudget(0, percent)
                : null;
        }

        return long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? new ErrorBudget(rows, 0) : null;
    }

    /// <summary>Whether <paramref name="quarantined"/> of <paramref name="read"/> rows are too many.</summary>
    internal bool IsExceeded(long quarantined, long read) => quarantined > Rows && quarantined > read * Percent / Whole;
}
