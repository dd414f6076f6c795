using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Dunnhumby.TestSupport.Fuzzing;

/// <summary>Bodies made from good ones.</summary>
internal static class OddBodies
{
    /// <summary>Deeper than any reader of JSON follows.</summary>
    private const int Depth = 5_000;
    private const int LongArray = 20_000;

    /// <summary>Stands for half of a character until the document is written: no writer would write that.</summary>
    private const string HalfCharacter = "half a character";

    /// <summary>What may stand in the place of a value.</summary>
    private static readonly string[] OddJson =
    [
        "null", "true", "0", "-1", "1", "1.5", "1e999", "2147483648", "99999999999999999999999", "\"\"", "\"x\"", "\"\\u0000\"", $"\"{HalfCharacter}\"", "\"drop\"", "\"set\"", "\"😀\"", "\"a,b\\n\\\"c\"", "[]", "[null]",
        "[0]", "[1,2,3]", "[-1,2147483647]", "[9223372036854775807]", "[\"x\"]", "[[[]]]", "{}", "{\"x\":{\"y\":[]}}",
    ];

    private static readonly byte[][] NoJson =
    [
        [], "null"u8.ToArray(), "NaN"u8.ToArray(), "{"u8.ToArray(), "{}{}"u8.ToArray(), "{'a':1}"u8.ToArray(), "{\"edits\":[],}"u8.ToArray(), "// x\n{}"u8.ToArray(), "\"\\x\""u8.ToArray(), [0], [0xFF, 0xFE, 0x7B, 0, 0x7D, 0],
        [0xEF, 0xBB, 0xBF, 0x7B, 0x7D], [0x22, 0xC3, 0x28, 0x22], Encoding.ASCII.GetBytes(new string('[', Depth)), Encoding.ASCII.GetBytes($"{{\"edits\":{new string('[', Depth)}{new string(']', Depth)}}}"),
        Encoding.ASCII.GetBytes($"{{\"edits\":[{string.Join(',', Enumerable.Repeat("{}", LongArray))}]}}"),
        Encoding.ASCII.GetBytes($"{{\"edits\":[{{\"kind\":\"drop\",\"lines\":[{string.Join(',', Enumerable.Range(0, LongArray))}]}}]}}"),
        Encoding.ASCII.GetBytes($"{{\"edits\":[{{\"kind\":\"{new string('x', 100_000)}\"}}]}}"),
    ];

    /// <summary>The example with up to three of its values replaced, removed or added to; or something that is no such document.</summary>
    internal static Gen<byte[]> LikeJson(string example) => Gen.Frequency(
        (1, Gen.Const(Encoding.UTF8.GetBytes(example))),
        (6, Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, 5], Pick.From(OddJson)).Array[1, 3].Select(changes => Changed(example, changes))),
        (1, Pick.From(NoJson)),
        (1, Damaged(Encoding.UTF8.GetBytes(example))));

    /// <summary>A file, whole, damaged, packed, or packed and damaged; or bytes that are none.</summary>
    internal static Gen<byte[]> LikeFile(IReadOnlyList<byte[]> files)
    {
        var whole = Pick.From(files);
        return Gen.Frequency(
            (4, whole),
            (4, whole.SelectMany(Damaged)),
            (1, whole.Select(Zipped)),
            (1, whole.Select(Compressed.Gzip).SelectMany(Damaged)),
            (1, whole.Select(Compressed.Gzip)),
            (1, whole.Select(Zipped).SelectMany(Damaged)),
            (1, whole.Select(file => (byte[])[.. file, .. Enumerable.Repeat((byte)'"', 3), .. new byte[2_000]])),
            (1, whole.Select(file => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(file)))),
            (1, Gen.Byte.Array[0, 300]));
    }

    /// <summary>Cut somewhere, or with a byte changed or put in.</summary>
    private static Gen<byte[]> Damaged(byte[] body) =>
        from at in Gen.Int[0, body.Length]
        from how in Gen.Int[0, 3]
        from put in Gen.Byte
        select how switch
        {
            0 => body[..at],
            1 => [.. body[..at], put, .. body[at..]],
            2 => [.. body[..at], put, .. body[Math.Min(at + 1, body.Length)..]],
            _ => (byte[])[.. body[..at], .. body[Math.Min(at + 5, body.Length)..]],
        };

    private static byte[] Changed(string example, (int Place, int How, string Value)[] changes)
    {
        var root = JsonNode.Parse(example);
        foreach (var (place, how, value) in changes)
        {
            JsonNode[] parents = [.. Parents(root)];
            switch (parents[place % parents.Length])
            {
                case JsonObject members when how is 0 || members.Count == 0:
                    members[how is 0 ? "unknown" : "edits"] = JsonNode.Parse(value);
                    break;
                case JsonObject members when how is 1:
                    members.Remove(members.ElementAt(place % members.Count).Key);
                    break;
                case JsonObject members:
                    members[members.ElementAt(place % members.Count).Key] = JsonNode.Parse(value);
                    break;
                case JsonArray items when how is 0 || items.Count == 0:
                    items.Add(JsonNode.Parse(value));
                    break;
                case JsonArray items when how is 1:
                    items.RemoveAt(place % items.Count);
                    break;
                case JsonArray items:
                    items[place % items.Count] = how is 2 ? JsonNode.Parse(value) : items[place % items.Count]?.DeepClone();
                    break;
            }
        }

        return Encoding.UTF8.GetBytes((root?.ToJsonString() ?? "null").Replace(HalfCharacter, "\\ud800", StringComparison.Ordinal));
    }

    /// <summary>Every object and every array of a document.</summary>
    private static IEnumerable<JsonNode> Parents(JsonNode? node) => node switch
    {
        JsonObject members => [node, .. members.SelectMany(member => Parents(member.Value))],
        JsonArray items => [node, .. items.SelectMany(Parents)],
        _ => [],
    };

    private static byte[] Zipped(byte[] file)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("product.csv").Open();
            entry.Write(file);
        }

        return packed.ToArray();
    }
}
