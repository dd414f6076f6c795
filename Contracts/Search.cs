namespace Dunnhumby.Contracts.Search;

/// <summary>Something that a search found.</summary>
/// <param name="Kind">product, commodity, department, household or campaign.</param>
/// <param name="Key">PRODUCT_ID, COMMODITY_DESC, DEPARTMENT, household_key or CAMPAIGN, as text.</param>
/// <param name="Text">What it is: of a product its sub-commodity, commodity, department and brand.</param>
/// <param name="Detail">What tells it apart from others with the text, such as a product's size; null where there is nothing to say.</param>
/// <param name="SalesValue">Its cleaned sales, of a campaign those of its products. In dollars.</param>
/// <param name="Score">How well it fits: more is better, and 2 is the number that was asked for. It compares entries of one answer only.</param>
/// <param name="Address">Where its figures are.</param>
public sealed record SearchEntry(string Kind, string Key, string Text, string? Detail, decimal SalesValue, decimal Score, string Address);
