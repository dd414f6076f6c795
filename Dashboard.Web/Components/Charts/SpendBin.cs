namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>Spend of a day, week or month per section.</summary>
/// <param name="First">The bin's first date, whether or not something was bought on it.</param>
/// <param name="Amounts">Dollars, in the order of the sections of the spend it was made from.</param>
public sealed record SpendBin(DateOnly First, IReadOnlyList<decimal> Amounts);
