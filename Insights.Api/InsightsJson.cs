using System.Text.Json.Serialization;
using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Sales;

namespace Dunnhumby.Insights.Api;

/// <summary>Serialization of every answer, generated at compile time.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(InsightsVersion))]
[JsonSerializable(typeof(Household))]
[JsonSerializable(typeof(Page<Household>))]
[JsonSerializable(typeof(DailySpend))]
[JsonSerializable(typeof(IReadOnlyList<Campaign>))]
[JsonSerializable(typeof(IReadOnlyList<DaySales>))]
[JsonSerializable(typeof(IReadOnlyList<StoreDay>))]
[JsonSerializable(typeof(IReadOnlyList<VersionTable>))]
[JsonSerializable(typeof(IReadOnlyList<OrphanReference>))]
[JsonSerializable(typeof(IReadOnlyList<OrphanKey>))]
[JsonSerializable(typeof(IReadOnlyList<OrphanLoad>))]
internal sealed partial class InsightsJson : JsonSerializerContext;
