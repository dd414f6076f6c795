using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Contracts.Security;
using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>The accepted keys, held as HMAC only and compared in constant time.</summary>
public sealed class ApiKeyRing
{
    private readonly byte[] _secret;
    private readonly IReadOnlyList<(byte[] Hash, string Scope)> _keys;

    internal ApiKeyRing(IOptions<ApiKeyOptions> options, IOptions<SigningOptions> signing)
    {
        _secret = signing.Value.KeyFor("key fingerprint");
        _keys = [.. Keys(options.Value.Ingest, Scopes.Ingest), .. Keys(options.Value.Read, Scopes.Read), .. Keys(options.Value.Admin, Scopes.Admin)];
    }

    /// <summary>Whether an accepted key has this fingerprint.</summary>
    public bool Knows(string fingerprint) => _keys.Any(key => string.Equals(KeyNames.Fingerprint(key.Hash), fingerprint, StringComparison.Ordinal));

    /// <summary>The scopes that <paramref name="presented"/> has (none when it is not one of ours) and its fingerprint. Every key is compared, whatever matched before.</summary>
    internal (IReadOnlyList<string> Scopes, string Fingerprint) Find(string presented)
    {
        var hash = Hash(presented);
        List<string> scopes = [];
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash, hash))
            {
                scopes.Add(key.Scope);
            }
        }

        return (scopes, KeyNames.Fingerprint(hash));
    }

    /// <summary>The fingerprint for requests without a key, made like those of keys.</summary>
    internal string FingerprintOf(string who) => KeyNames.Fingerprint(Hash(who));

    private IEnumerable<(byte[] Hash, string Scope)> Keys(string? configured, string scope) =>
        (configured ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(key => (Hash(key), scope));

    private byte[] Hash(string key) => HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(key));
}

/// <summary>The keys that a service accepts, bound from the section <c>ApiKeys</c>: one value per scope, several separated by commas.</summary>
internal sealed class ApiKeyOptions
{
    internal const string Section = "ApiKeys";

    [Description("Keys with scope ingest.")]
    public string? Ingest { get; set; }

    [Description("Keys with scope read.")]
    public string? Read { get; set; }

    [Description("Keys with scope admin.")]
    public string? Admin { get; set; }
}
