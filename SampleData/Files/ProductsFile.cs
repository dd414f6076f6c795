using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Files;

/// <summary>By PRODUCT_ID.</summary>
internal sealed class ProductsFile(Panel panel)
    : DatasetFile(DatasetNames.Products, "PRODUCT_ID,MANUFACTURER,DEPARTMENT,BRAND,COMMODITY_DESC,SUB_COMMODITY_DESC,CURR_SIZE_OF_PRODUCT")
{
    private const int PerChunk = 4_096;

    internal override int Chunks => (panel.Catalogue.Products.Length + PerChunk - 1) / PerChunk;

    internal override void Write(int chunk, CsvBuffer buffer, Tally tally)
    {
        var products = panel.Catalogue.Products;
        for (var index = chunk * PerChunk; index < Math.Min(products.Length, (chunk + 1) * PerChunk); index++)
        {
            var product = products[index];
            var commodity = panel.Catalogue.CommodityOf(index);
            var isPrivate = ProductTexts.IsPrivate(panel.Options.Seed, commodity, product.Id);
            buffer.Number(product.Id)
                .Number(ProductTexts.Manufacturer(panel.Options.Seed, product.Id, isPrivate))
                .Text(commodity.Department)
                .Text(isPrivate ? "Private" : "National")
                .Text(commodity.Name)
                .Text(ProductTexts.SubCommodityName(commodity, ProductTexts.SubCommodity(commodity, product)))
                .Text(ProductTexts.Size(panel.Options.Seed, commodity, product.Id))
                .EndRow();
        }
    }
}
