namespace Dunnhumby.SampleData.Households;

/// <summary>A planted change of behaviour: from <paramref name="Day"/> on.</summary>
/// <param name="Kind">What changes.</param>
/// <param name="Day">First day of the new behaviour.</param>
/// <param name="Factor">What the trips or the basket size are multiplied with; 1 for a new store.</param>
internal sealed record HouseholdChange(ChangeKind Kind, int Day, double Factor);
