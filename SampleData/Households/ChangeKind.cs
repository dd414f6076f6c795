namespace Dunnhumby.SampleData.Households;

/// <summary>How a household's behaviour changes.</summary>
internal enum ChangeKind
{
    FewerTrips,
    MoreTrips,
    SmallerBaskets,
    LargerBaskets,
    NewStore,
}
