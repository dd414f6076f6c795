namespace Dunnhumby.Contracts.Paging;

/// <summary>One page of a keyset-paged list.</summary>
/// <param name="Items">At most as many as <c>limit</c> asked for.</param>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last one. Opaque.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
