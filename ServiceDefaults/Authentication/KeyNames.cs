using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>What may be written down of a key that did something: its scopes and a fingerprint, from which the key cannot be found.</summary>
public static class KeyNames
{
    internal const string Claim = "key_fingerprint";
    private const int FingerprintBytes = 4;

    /// <summary>For example <c>ingest:3fa94c1e</c>; scopes alone for who came without a key, for example with a ticket.</summary>
    public static string NameOfKey(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var scopes = string.Join('+', user.FindAll(ApiKeyExtensions.ScopeClaim).Select(claim => claim.Value).Distinct(StringComparer.Ordinal));
        return user.FindFirst(Claim) is { } fingerprint ? $"{scopes}:{fingerprint.Value}" : scopes;
    }

    /// <summary>Of the hash of a key and not of the key, so that it says nothing about the hash that is kept either.</summary>
    internal static string Fingerprint(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(SHA256.HashData(Encoding.UTF8.GetBytes(key))).AsSpan(0, FingerprintBytes));
}
