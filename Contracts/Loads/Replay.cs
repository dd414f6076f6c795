namespace Dunnhumby.Contracts.Loads;

/// <summary>A load of mended rows.</summary>
/// <param name="Load">The new load.</param>
/// <param name="Mended">Rows that it brings.</param>
/// <param name="Dropped">Rows that were given up with it.</param>
/// <param name="By">Who replayed: a key's scopes and fingerprint, never the key, or a person's name and id.</param>
public sealed record Replay(Load Load, long Mended, long Dropped, string By);
