namespace Dunnhumby.SampleData.Truth;

/// <summary>What a display or mailer code multiplies the purchases of a product in a store and week with.</summary>
public sealed record CodeEffect(string Code, double Multiplier);
