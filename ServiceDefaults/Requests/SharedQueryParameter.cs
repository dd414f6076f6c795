namespace Dunnhumby.ServiceDefaults.Requests;

/// <summary>
/// Metadata of endpoints that take a whole number from the query in a place of their own, not as a parameter of the handler: strict requests know it, and the
/// reference describes it once and refers to it from each operation.
/// </summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Description">What it does, for the reference.</param>
/// <param name="Minimum">The smallest value.</param>
public sealed record SharedQueryParameter(string Name, string Description, int Minimum);
