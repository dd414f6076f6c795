using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors;

internal static class TicketEndpoints
{
    internal static void MapTickets(this IEndpointRouteBuilder routes) => routes.MapPost("/tickets", Issue).WithName("IssueTicket").WithTags("Tickets").RequireScope(Scopes.Ingest);

    /// <summary>Issues a ticket with which a browser uploads straight to this service, without holding the key.</summary>
    internal static Ok<UploadTicket> Issue(ClaimsPrincipal caller, TicketSigner signer, IOptions<IngestionOptions> options, TimeProvider time)
    {
        var expiresAt = time.GetUtcNow() + options.Value.TicketLifetime;
        return TypedResults.Ok(new UploadTicket(signer.Issue(expiresAt, caller.KeyFingerprint(), caller.Person()), expiresAt));
    }
}

internal static class TicketExtensions
{
    internal const string UploadPolicy = "upload";

    internal static void AddTickets(this IServiceCollection services)
    {
        services.AddOptions<SigningOptions>().Validate(
            signing => signing.Secret is not null,
            "Set Signing__Secret to at least 32 characters, the same for every replica: upload tickets are signed with it.");
        services.AddSingleton<TicketSigner>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TicketHandler>(TicketHandler.Scheme, configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(UploadPolicy, policy => policy
            .AddAuthenticationSchemes(ApiKeyExtensions.Scheme, TicketHandler.Scheme)
            .RequireClaim(ApiKeyExtensions.ScopeClaim, Scopes.Ingest, Scopes.Admin, TicketHandler.UploadScope));
    }

    /// <summary>The endpoint needs a key with scope ingest, or an upload ticket.</summary>
    internal static TBuilder RequireUpload<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(UploadPolicy);
}

/// <summary>Recognises an upload ticket in <c>Authorization: Bearer</c>.</summary>
internal sealed class TicketHandler(
    TicketSigner signer,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    internal new const string Scheme = "UploadTicket";

    /// <summary>What a ticket may do: upload, and see the load it made.</summary>
    internal const string UploadScope = "upload";

    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var authorization = Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || signer.Read(authorization[Bearer.Length..].Trim()) is not { } issuer)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var identity = new ClaimsIdentity([new Claim(ApiKeyExtensions.ScopeClaim, UploadScope), new Claim(KeyNames.Claim, issuer.Fingerprint)], Scheme);
        if (issuer.Person is { } person)
        {
            identity.AddClaim(Actors.PersonClaim(person));
        }

        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }

    /// <summary>The API key's scheme answers for both.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Task.CompletedTask;

    /// <summary>The API key's scheme answers for both.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Task.CompletedTask;
}

/// <summary>
/// Signs and checks upload tickets: expiry, a random number, the fingerprint of the key or person that asked for it, and the person's name and id, then their HMAC.
/// The signing key comes from the deployment's secret, so that every replica accepts the tickets of every other one; another secret ends all tickets, a key that
/// is taken away its own, and people's tickets end when sign-in is switched off.
/// </summary>
internal sealed class TicketSigner(IOptions<SigningOptions> signing, IOptions<SignInOptions> signIn, ApiKeyRing keys, TimeProvider time)
{
    /// <summary>A ticket that claims to be valid for longer is not accepted, even with a correct signature.</summary>
    internal static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(1);

    private const int NonceBytes = 16;
    private const int PersonStart = sizeof(long) + NonceBytes + KeyNames.FingerprintBytes;

    /// <summary>Of the person's name and id, as UTF-8.</summary>
    private const int MostPersonBytes = 2_048;

    private readonly byte[] _key = signing.Value.KeyFor("upload ticket");

    /// <param name="issuer">The fingerprint of the key or person: an upload that a ticket begins can be continued with another ticket of the same key or person.</param>
    /// <param name="person">Whom what is uploaded with it is recorded for; null for a key.</param>
    internal string Issue(DateTimeOffset expiresAt, string issuer, string? person)
    {
        var payloadBytes = PersonStart + Encoding.UTF8.GetByteCount(person ?? "");
        Span<byte> ticket = new byte[payloadBytes + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(ticket, expiresAt.ToUnixTimeMilliseconds());
        RandomNumberGenerator.Fill(ticket.Slice(sizeof(long), NonceBytes));
        Convert.FromHexString(issuer, ticket.Slice(sizeof(long) + NonceBytes, KeyNames.FingerprintBytes), out _, out _);
        Encoding.UTF8.GetBytes(person ?? "", ticket[PersonStart..]);
        HMACSHA256.HashData(_key, ticket[..payloadBytes], ticket[payloadBytes..]);
        return Base64Url.EncodeToString(ticket);
    }

    /// <summary>Whom a ticket was issued for; null when it is not ours, has expired, claims to be good for too long, or its issuer is no longer accepted.</summary>
    internal TicketIssuer? Read(string presented)
    {
        if (!Base64Url.IsValid(presented, out var length) || length is < PersonStart + HMACSHA256.HashSizeInBytes or > PersonStart + MostPersonBytes + HMACSHA256.HashSizeInBytes)
        {
            return null;
        }

        ReadOnlySpan<byte> ticket = Base64Url.DecodeFromChars(presented);
        var payload = ticket[..^HMACSHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, payload, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, ticket[^HMACSHA256.HashSizeInBytes..]))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var expires = BinaryPrimitives.ReadInt64BigEndian(payload);
        var issuer = Convert.ToHexStringLower(payload[(sizeof(long) + NonceBytes)..PersonStart]);
        var person = payload.Length > PersonStart ? Encoding.UTF8.GetString(payload[PersonStart..]) : null;
        return expires > now.ToUnixTimeMilliseconds() && expires <= (now + LongestLifetime).ToUnixTimeMilliseconds() && (person is null ? keys.Knows(issuer) : signIn.Value.IsOn)
            ? new TicketIssuer(issuer, person)
            : null;
    }
}

/// <param name="Fingerprint">Of the key or the person.</param>
/// <param name="Person">The person's name and id; null for a key.</param>
internal sealed record TicketIssuer(string Fingerprint, string? Person);
