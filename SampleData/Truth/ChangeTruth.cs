namespace Dunnhumby.SampleData.Truth;

/// <summary>A household that behaves differently from a day on.</summary>
/// <param name="Kind"><c>fewer_trips</c>, <c>more_trips</c>, <c>smaller_baskets</c>, <c>larger_baskets</c> or <c>new_store</c> (home and second store change places).</param>
/// <param name="Factor">What the chance of a trip or the size of a basket is multiplied with.</param>
public sealed record ChangeTruth(int HouseholdKey, string Kind, int Day, double Factor);
