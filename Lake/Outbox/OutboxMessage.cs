namespace Dunnhumby.Lake.Outbox;

/// <summary>A message that waits to be sent: a row of <c>catalog.outbox</c>, written in the transaction of the change it announces.</summary>
public sealed class OutboxMessage
{
    /// <summary>Becomes the message's id on the wire, so that consumers recognise a repeat.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Sending order.</summary>
    public long Sequence { get; init; }

    /// <summary>Full name of a record in Contracts.</summary>
    public required string Type { get; init; }

    /// <summary>The record as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>W3C trace context of the change, so that the trace goes on across the broker; null when it was not traced.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; set; }
    public int Attempts { get; set; }
    public string? LastError { get; set; }
}
