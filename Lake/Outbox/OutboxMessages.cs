using System.Diagnostics;
using System.Text.Json;
using Dunnhumby.Contracts.Messages;

namespace Dunnhumby.Lake.Outbox;

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
