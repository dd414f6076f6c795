namespace Dunnhumby.SampleData.Catalogue;

/// <summary>A product as baskets need it; its texts are made when they are written.</summary>
/// <param name="Id">PRODUCT_ID.</param>
/// <param name="Commodity">Position in <see cref="CommodityTable.All"/>.</param>
/// <param name="Rank">Popularity within the commodity, from 1.</param>
/// <param name="Weight">Share of all purchases when nothing is promoted.</param>
/// <param name="PriceCents">Shelf price.</param>
/// <param name="IsStaple">Always sold at its shelf price: never advertised, cut in price or couponed. Favourites and complements are staples.</param>
internal readonly record struct Product(int Id, short Commodity, int Rank, double Weight, int PriceCents, bool IsStaple);
