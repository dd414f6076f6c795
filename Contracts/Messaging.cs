namespace Dunnhumby.Contracts.Messaging;

/// <summary>Messages that wait to be sent to the broker.</summary>
/// <param name="OldestAt">When the oldest of them was written; null when none waits.</param>
/// <param name="Attempts">How often the most tried of them was tried.</param>
/// <param name="LastError">Why the last attempt failed; null when none did.</param>
/// <param name="ReadAt">When this was read, by the database's clock.</param>
public sealed record OutboxState(int Unsent, DateTimeOffset? OldestAt, int Attempts, string? LastError, DateTimeOffset ReadAt)
{
    /// <summary>How long the oldest has waited; zero when none waits.</summary>
    public TimeSpan OldestAge => OldestAt is { } oldest && ReadAt > oldest ? ReadAt - oldest : TimeSpan.Zero;
}
