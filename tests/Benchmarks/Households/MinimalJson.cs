using System.Text.Json;
using System.Text.Json.Serialization;
using Dunnhumby.Contracts.Households;

namespace Dunnhumby.Benchmarks.Households;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Household))]
internal sealed partial class MinimalJson : JsonSerializerContext;
