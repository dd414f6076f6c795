namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>A transaction line of the independent computation.</summary>
internal sealed record LineRow(int Household, long Basket, int Day, int Product, int Quantity, int Cents);
