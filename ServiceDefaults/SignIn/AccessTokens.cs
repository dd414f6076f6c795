using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Json;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Dunnhumby.ServiceDefaults.SignIn;

/// <summary>What makes an access token good, and what a good one says about its bearer.</summary>
public sealed class AccessTokens
{
    /// <summary>The claim type of the provider's lasting id of a person.</summary>
    public const string SubjectClaim = "sub";

    /// <summary>Clocks may differ by this much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>Keys of both sides only: with a shared one a client could make tokens.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>The first one that the token has is shown as the person's name.</summary>
    private static readonly string[] NameClaims = ["name", "preferred_username", "email", SubjectClaim];

    /// <summary>An ID token tells a page who signed in. It is for no service, even where it has the same audience.</summary>
    private static readonly string[] IdTokenClaims = ["nonce", "at_hash", "c_hash"];

    private readonly SignInOptions _options;
    private readonly ApiKeyRing _keys;

    internal AccessTokens(IOptions<SignInOptions> options, ApiKeyRing keys) => (_options, _keys) = (options.Value, keys);

    /// <summary>Signature, issuer, audience and lifetime; the keys and the issuer are those of the provider's discovery document.</summary>
    public TokenValidationParameters Parameters => new()
    {
        ValidAudience = _options.Audience,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = Skew,
    };

    /// <summary>The owner of a valid token. Its own claims are ignored: one with the name of ours would open every door.</summary>
    /// <exception cref="SecurityTokenException">It is an ID token, or names nobody.</exception>
    public ClaimsPrincipal PrincipalOf(JsonWebToken token, string scheme)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (IdTokenClaims.Any(claim => token.TryGetPayloadValue<object>(claim, out _)))
        {
            throw new SecurityTokenException("This is an ID token. Send the access token that came with it.");
        }

        if (Visible(token.Subject ?? "") is not { Length: > 0 } subject)
        {
            throw new SecurityTokenException("The token names nobody: it has no claim sub.");
        }

        var name = NameClaims.Select(claim => Visible(token.TryGetPayloadValue<string>(claim, out var value) ? value : "")).First(value => value.Length > 0);
        var scopes = RolesOf(token).SelectMany(Roles.ScopesOf).Distinct(StringComparer.Ordinal);
        return new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.Name, name),
                new Claim(SubjectClaim, subject),
                new Claim(Actors.Claim, Actors.Of(name, subject)),
                new Claim(KeyNames.Claim, _keys.FingerprintOf($"person\n{token.Issuer}\n{token.Subject}")),
                .. scopes.Select(scope => new Claim(ApiKeyExtensions.ScopeClaim, scope)),
            ],
            scheme));
    }

    private IEnumerable<string> RolesOf(JsonWebToken token)
    {
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        var found = payload.RootElement;
        if (!found.TryGetProperty(_options.RoleClaim, out var roles))
        {
            foreach (var step in _options.RoleClaim.Split('.'))
            {
                if (found.ValueKind is not JsonValueKind.Object || !found.TryGetProperty(step, out roles))
                {
                    return [];
                }

                found = roles;
            }
        }

        return roles.ValueKind switch
        {
            JsonValueKind.String => [.. roles.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)], // It is a string.
            JsonValueKind.Array => [.. roles.EnumerateArray().Where(role => role.ValueKind is JsonValueKind.String).Select(role => role.GetString()!)], // They are strings.
            _ => [],
        };
    }

    private static string Visible(string text) => Actors.Visible(text);
}
