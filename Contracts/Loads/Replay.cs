namespace Dunnhumby.Contracts.Loads;

/// <summary>A load of mended rows.</summary>
/// <param name="Load">The new load.</param>
/// <param name="Mended">Rows that it brings.</param>
/// <param name="Dropped">Rows that were given up with it.</param>
/// <param name="By">The key that replayed: a scope and a fingerprint, never the key.</param>
public sealed record Replay(Load Load, long Mended, long Dropped, string By);
