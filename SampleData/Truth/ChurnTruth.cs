namespace Dunnhumby.SampleData.Truth;

/// <summary>A household that never comes again after a day.</summary>
public sealed record ChurnTruth(int HouseholdKey, int Day);
