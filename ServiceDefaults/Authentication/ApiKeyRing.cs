using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Contracts.Security;
using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>The accepted keys, held as SHA-256 only and compared in constant time.</summary>
internal sealed class ApiKeyRing
{
    private readonly IReadOnlyList<(byte[] Hash, string Scope)> _keys;

    public ApiKeyRing(IOptions<ApiKeyOptions> options) =>
        _keys = [.. Keys(options.Value.Ingest, Scopes.Ingest), .. Keys(options.Value.Read, Scopes.Read), .. Keys(options.Value.Admin, Scopes.Admin)];

    /// <summary>The scopes that <paramref name="presented"/> has: none when it is not one of ours. Every key is compared, whatever matched before.</summary>
    internal IReadOnlyList<string> ScopesOf(string presented)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(presented));
        List<string> scopes = [];
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash, hash))
            {
                scopes.Add(key.Scope);
            }
        }

        return scopes;
    }

    private static IEnumerable<(byte[] Hash, string Scope)> Keys(string? configured, string scope) =>
        (configured ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(key => (SHA256.HashData(Encoding.UTF8.GetBytes(key)), scope));
}
