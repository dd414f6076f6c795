using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>
/// Counts the messages within a message before it is parsed. An empty one takes two bytes on the wire and some hundred in memory: without this, a few
/// megabytes would become gigabytes.
/// </summary>
internal static class MessageCount
{
    /// <summary>Above what a batch of <see cref="OtlpReceiverOptions.MaxRequestBytes"/> holds by default: an attribute is two messages of some 15 bytes each.</summary>
    public const int Limit = 400_000;

    public const string TooMany = "The request has too many parts: send smaller batches.";

    // The parser refuses what is nested deeper.
    private const int DeepestLevel = 100;

    /// <summary>Whether there are more than <see cref="Limit"/> messages. What is malformed is left to the parser.</summary>
    public static bool IsTooLarge(ReadOnlySpan<byte> message, MessageDescriptor type)
    {
        var count = 0;
        Count(message, type, 0, ref count);
        return count > Limit;
    }

    private static void Count(ReadOnlySpan<byte> message, MessageDescriptor type, int level, ref int count)
    {
        while (message.Length > 0 && count <= Limit && TryReadVarint(ref message, out var tag))
        {
            ulong length;
            switch ((WireFormat.WireType)(tag & 7))
            {
                case WireFormat.WireType.Varint when TryReadVarint(ref message, out _):
                    continue;
                case WireFormat.WireType.Fixed64:
                    length = sizeof(ulong);
                    break;
                case WireFormat.WireType.Fixed32:
                    length = sizeof(uint);
                    break;
                case WireFormat.WireType.LengthDelimited when TryReadVarint(ref message, out length):
                    break;
                default:
                    return;
            }

            if (length > (ulong)message.Length)
            {
                return;
            }

            if ((tag & 7) == (ulong)WireFormat.WireType.LengthDelimited && type.FindFieldByNumber((int)(uint)(tag >> 3)) is { FieldType: FieldType.Message } field)
            {
                count++;
                if (level < DeepestLevel)
                {
                    Count(message[..(int)length], field.MessageType, level + 1, ref count);
                }
            }

            message = message[(int)length..];
        }
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var index = 0; index < bytes.Length && index < 10; index++)
        {
            value |= (ulong)(bytes[index] & 0x7F) << (7 * index);
            if (bytes[index] < 0x80)
            {
                bytes = bytes[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
