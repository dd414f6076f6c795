namespace Dunnhumby.Contracts.Loads;

/// <summary>A load that a file led to.</summary>
/// <param name="IsNew">False when the same content had been loaded before: then it is that first load.</param>
/// <param name="Load">The load as it was when the file had been processed.</param>
public sealed record UploadedLoad(bool IsNew, Load Load);
