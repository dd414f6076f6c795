namespace Dunnhumby.SampleData.Baskets;

/// <summary>A planted pair: a basket with the first often gets the second added.</summary>
/// <param name="Number">Position among the pairs.</param>
/// <param name="Chance">Chance that a basket with the first gets an extra line of the second; 0 without effects.</param>
/// <param name="FirstCommodity">Position of a commodity; for a pair of products that of the first product.</param>
/// <param name="SecondCommodity">Position of a commodity; for a pair of products that of the second product.</param>
/// <param name="FirstProduct">For a pair of products: the first one.</param>
/// <param name="SecondProduct">For a pair of products: the one that is added, always a staple.</param>
internal sealed record Complement(int Number, double Chance, int FirstCommodity, int SecondCommodity, int? FirstProduct, int? SecondProduct);
