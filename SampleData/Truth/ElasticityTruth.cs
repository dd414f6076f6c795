namespace Dunnhumby.SampleData.Truth;

/// <summary>Purchases of a product of the commodity are multiplied with (price / shelf price) ^ elasticity.</summary>
public sealed record ElasticityTruth(string Commodity, double Elasticity);
