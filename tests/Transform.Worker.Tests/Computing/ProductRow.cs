namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>A product of the independent computation.</summary>
internal sealed record ProductRow(int Product, string Commodity, string SubCommodity);
