using System.Security.Claims;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>What may be written down of a key that did something: its scopes and a fingerprint, from which nobody can find the key or try guesses at it.</summary>
public static class KeyNames
{
    /// <summary>The claim type that holds the fingerprint of the caller's key, or of the key that the caller's ticket was issued for.</summary>
    public const string Claim = "key_fingerprint";

    /// <summary>Bytes of a fingerprint; it is written in hexadecimal.</summary>
    public const int FingerprintBytes = 8;

    /// <summary>For example <c>ingest:3fa94c1e5b07d62a</c>, or <c>upload:3fa94c1e5b07d62a</c> for who came with a ticket of that key.</summary>
    public static string NameOfKey(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var scopes = string.Join('+', user.FindAll(ApiKeyExtensions.ScopeClaim).Select(claim => claim.Value).Distinct(StringComparer.Ordinal));
        return user.FindFirst(Claim) is { } fingerprint ? $"{scopes}:{fingerprint.Value}" : scopes;
    }

    /// <summary>The fingerprint alone.</summary>
    /// <exception cref="InvalidOperationException">The caller came without a key: the endpoint asks for none.</exception>
    public static string KeyFingerprint(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.FindFirst(Claim)?.Value ?? throw new InvalidOperationException("The caller has no key.");
    }

    internal static string Fingerprint(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, FingerprintBytes));
}
