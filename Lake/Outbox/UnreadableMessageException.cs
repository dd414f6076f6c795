namespace Dunnhumby.Lake.Outbox;

/// <summary>An outbox row holds no record of Contracts: written by another version, or by hand. It waits; those behind it do not.</summary>
internal sealed class UnreadableMessageException(string message, Exception? cause = null) : Exception(message, cause);
