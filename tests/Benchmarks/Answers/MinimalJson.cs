using System.Text.Json;
using System.Text.Json.Serialization;
using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Products;

namespace Dunnhumby.Benchmarks.Answers;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Household))]
[JsonSerializable(typeof(ProductSummary))]
[JsonSerializable(typeof(Campaign))]
[JsonSerializable(typeof(List<DailySales>))]
internal sealed partial class MinimalJson : JsonSerializerContext;
