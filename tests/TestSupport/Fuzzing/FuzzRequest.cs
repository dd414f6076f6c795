using System.Text;

namespace Dunnhumby.TestSupport.Fuzzing;

/// <summary>A request as it is sent.</summary>
/// <param name="Operation">What it was derived from.</param>
/// <param name="Method">The operation's, but for a few requests.</param>
/// <param name="Address">Path and query, encoded.</param>
/// <param name="Headers">Beside the API key.</param>
/// <param name="Body">Null for none.</param>
public sealed record FuzzRequest(FuzzOperation Operation, string Method, string Address, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body)
{
    private const int Shown = 400;

    /// <summary>Where Kestrel gives up reading, with an answer of its own.</summary>
    private const int LongestLine = 8_192;
    private const int LongestHeaders = 32_768;

    /// <summary>What the client adds at most: method and version, the key, the host.</summary>
    private const int OwnBytes = 500;

    /// <summary>
    /// Whether Kestrel may refuse it before the service is asked: its line or its headers are too long, or its path holds NUL. These answers are empty, and a
    /// service has no say in them.
    /// </summary>
    public bool IsBeyondHttp =>
        Address.Length > LongestLine - OwnBytes
        || Headers.Sum(header => header.Key.Length + Encoding.UTF8.GetByteCount(header.Value)) > LongestHeaders - OwnBytes
        || Address.Split('?')[0].Contains("%00", StringComparison.Ordinal);

    /// <summary>The message, with the address as it is: not tidied up by <see cref="Uri"/>.</summary>
    internal HttpRequestMessage ToMessage(Uri service)
    {
        var address = new Uri($"{service.GetLeftPart(UriPartial.Authority)}{Address}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(Method), address) { Content = Body is null ? null : new ByteArrayContent(Body) };
        foreach (var (name, value) in Headers)
        {
            if (!name.StartsWith("Content-", StringComparison.Ordinal))
            {
                message.Headers.TryAddWithoutValidation(name, value);
                continue;
            }

            message.Content ??= new ByteArrayContent([]);
            message.Content.Headers.Remove(name);
            message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>Method, address, headers and the beginning of the body.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine().Append(Method).Append(' ').AppendLine(Cut(Address));
        foreach (var (name, value) in Headers)
        {
            text.Append(name).Append(": ").AppendLine(Cut(value));
        }

        if (Body is not null)
        {
            var beginning = Body.AsSpan(0, Math.Min(Body.Length, Shown));
            text.AppendLine().Append(Body.Length).AppendLine(" bytes:").AppendLine(Encoding.Latin1.GetString(beginning)).AppendLine(Convert.ToHexString(beginning));
        }

        return text.ToString();
    }

    private static string Cut(string value) => value.Length <= Shown ? value : $"{value[..Shown]}… ({value.Length} characters)";
}
