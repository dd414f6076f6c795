using System.Diagnostics;
using System.Text.Json;
using Dunnhumby.Contracts.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Messages;

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

    /// <summary>W3C trace context of the change, so that the trace continues across the broker; null when it was not traced.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; set; }
    public int Attempts { get; set; }
    public string? LastError { get; set; }
}

/// <summary>Between the records of Contracts and rows of the outbox.</summary>
public static class OutboxMessages
{
    /// <summary>The row that announces <paramref name="message"/>, carrying the current trace on.</summary>
    public static OutboxMessage From<T>(T message, DateTimeOffset now)
        where T : class => new()
        {
            MessageId = Guid.CreateVersion7(now),
            Type = typeof(T).FullName ?? throw new ArgumentException("Messages are named records.", nameof(message)),
            Body = JsonSerializer.Serialize(message, JsonSerializerOptions.Web),
            TraceParent = Activity.Current?.Id,
            CreatedAt = now,
        };

    /// <summary>The record that a row announces.</summary>
    /// <exception cref="UnreadableMessageException">The type is not a record of Contracts, or the body is not one of its.</exception>
    internal static object Read(OutboxMessage row)
    {
        var type = typeof(LoadCompleted).Assembly.GetType(row.Type, throwOnError: false)
            ?? throw new UnreadableMessageException($"Outbox message {row.MessageId} has the unknown type {row.Type}.");
        try
        {
            return JsonSerializer.Deserialize(row.Body, type, JsonSerializerOptions.Web)
                ?? throw new UnreadableMessageException($"Outbox message {row.MessageId} has no body.");
        }
        catch (JsonException wrong)
        {
            throw new UnreadableMessageException($"Outbox message {row.MessageId} is no {row.Type}.", wrong);
        }
    }
}

/// <summary>An outbox row holds no record of Contracts: written by another version, or by hand. It waits; later messages do not.</summary>
internal sealed class UnreadableMessageException(string message, Exception? cause = null) : Exception(message, cause);

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(message => message.MessageId);
        builder.Property(message => message.MessageId).ValueGeneratedNever();
        builder.Property(message => message.Sequence).UseIdentityAlwaysColumn();
        builder.Property(message => message.Body).HasColumnType("jsonb");
        builder.HasIndex(message => message.Sequence).HasFilter("sent_at is null").HasDatabaseName("ix_outbox_unsent");
    }
}
