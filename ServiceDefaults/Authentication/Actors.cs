using System.Globalization;
using System.Security.Claims;

namespace Dunnhumby.ServiceDefaults.Authentication;

/// <summary>
/// Who did something, as it is recorded and shown: of a key its scopes and fingerprint, <c>ingest:3fa94c1e5b07d62a</c>; of a person the name and, in angle brackets,
/// the provider's lasting id, <c>Ada Lovelace &lt;8f3c&gt;</c>. A name may change, and two people may have the same; the id is what counts.
/// </summary>
public static class Actors
{
    /// <summary>Recorded for files of the watched folder, which nobody sends.</summary>
    public const string WatchedFolder = "watched folder";

    /// <summary>The claim type that holds the record of a person.</summary>
    internal const string Claim = "actor";

    private const int Longest = 200;

    /// <summary>The record of the caller: a person, a key, or the owner of a ticket.</summary>
    public static string Actor(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.FindFirst(Claim)?.Value ?? user.NameOfKey();
    }

    /// <summary>The record of a person alone, to be handed on with a ticket; null for a key.</summary>
    public static string? Person(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.FindFirst(Claim)?.Value;
    }

    /// <summary>The claim that <see cref="Actor"/> reads, for who came with a person's ticket.</summary>
    public static Claim PersonClaim(string person) => new(Claim, person);

    internal static string Of(string name, string subject) => $"{name} <{subject}>";

    /// <summary>What others may choose, such as a name, must not look like the record of somebody else: without brackets, control signs, and signs that turn text around.</summary>
    internal static string Visible(string text)
    {
        var visible = string.Concat(text.Where(sign => sign is not ('<' or '>') && char.GetUnicodeCategory(sign) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))).Trim();
        return visible.Length > Longest ? visible[..Longest] : visible;
    }
}

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
