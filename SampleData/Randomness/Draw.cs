namespace Dunnhumby.SampleData.Randomness;

/// <summary>What is drawn: keeps the streams of different purposes apart when their keys are the same numbers.</summary>
internal enum Draw
{
    ProductOrder = 1,
    Product,
    ProductId,
    Elasticity,
    Promotion,
    Carried,
    StoreDisplay,
    Store,
    Household,
    Demographics,
    DemographicsPick,
    Favourite,
    FavouriteDue,
    Change,
    Day,
    Trip,
    Basket,
    Campaign,
    Target,
    Coupon,
    Complement,
    Defect,
}
