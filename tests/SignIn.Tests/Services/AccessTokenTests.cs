using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dunnhumby.Contracts.Security;
using Dunnhumby.SignIn.Provider;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Dunnhumby.SignIn.Tests.Services;

/// <summary>What the services make of access tokens. The tokens are signed here with the provider's own key, so that one thing at a time can be wrong with them.</summary>
public sealed class AccessTokenTests(ProviderFixture fixture)
{
    private readonly PeopleProvider _provider = fixture.Provider;

    public static TheoryData<string, string, bool> RolesAndScopes
    {
        get
        {
            // By hand, from the table in the documentation.
            TheoryData<string, string, bool> data = [];
            data.Add(nameof(Person.Reader), Scopes.Read, true);
            data.Add(nameof(Person.Reader), Scopes.Ingest, false);
            data.Add(nameof(Person.Reader), Scopes.Admin, false);
            data.Add(nameof(Person.Loader), Scopes.Read, true);
            data.Add(nameof(Person.Loader), Scopes.Ingest, true);
            data.Add(nameof(Person.Loader), Scopes.Admin, false);
            data.Add(nameof(Person.Admin), Scopes.Read, true);
            data.Add(nameof(Person.Admin), Scopes.Ingest, true);
            data.Add(nameof(Person.Admin), Scopes.Admin, true);
            data.Add(nameof(Person.Nobody), Scopes.Read, false);
            data.Add(nameof(Person.Nobody), Scopes.Ingest, false);
            data.Add(nameof(Person.Nobody), Scopes.Admin, false);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(RolesAndScopes))]
    public async Task Get_WithARole_IsAllowedWhatItsScopesAllow(string person, string scope, bool allowed)
    {
        await using var service = await GuardedService.StartAsync(_provider);

        var (status, body, _) = await service.GetAsync($"/{scope}", _provider.TokenOf(Named(person)));

        status.ShouldBe(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        if (allowed)
        {
            body.ShouldBe($"{Named(person).Name} <{Named(person).Subject}>");
        }
        else
        {
            Detail(body).ShouldStartWith("None of your roles allows this. Ask");
        }
    }

    [Fact]
    public async Task Get_ExpiredToken_IsRefusedAndToldSo()
    {
        await using var service = await GuardedService.StartAsync(_provider);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;

        // Half a minute is allowed for clocks that differ.
        var (status, body, headers) = await service.GetAsync("/read", _provider.TokenOf(Person.Reader, token => (token.NotBefore, token.IssuedAt, token.Expires) = (now.AddMinutes(-5), now.AddMinutes(-5), now.AddSeconds(-31))));

        status.ShouldBe(HttpStatusCode.Unauthorized);
        Detail(body).ShouldBe($"The access token has expired: get a new one from {_provider.Address} and send that.");
        headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
    }

    [Fact]
    public async Task Get_TokenOfTheFuture_IsRefused()
    {
        await using var service = await GuardedService.StartAsync(_provider);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;

        (await service.GetAsync("/read", _provider.TokenOf(Person.Reader, token => token.NotBefore = now.AddMinutes(2)))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_TokenWithoutEnd_IsRefused()
    {
        await using var service = await GuardedService.StartAsync(_provider);

        (await service.GetAsync("/read", _provider.TokenOf(Person.Reader, token => token.Expires = null))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_TokenOfAnotherIssuer_IsRefused()
    {
        await using var service = await GuardedService.StartAsync(_provider);

        var (status, body, _) = await service.GetAsync("/read", _provider.TokenOf(Person.Reader, token => token.Issuer = "https://login.evil.test/"));

        status.ShouldBe(HttpStatusCode.Unauthorized);
        Detail(body).ShouldBe($"The access token comes from another provider: get one from {_provider.Address}.");
    }

    [Theory]
    [InlineData("somebody-else")]
    [InlineData(PeopleProvider.ClientId)]
    [InlineData(null)]
    public async Task Get_TokenForAnotherAudience_IsRefusedAndToldWhich(string? audience)
    {
        await using var service = await GuardedService.StartAsync(_provider);

        var (status, body, _) = await service.GetAsync("/read", _provider.TokenOf(Person.Reader, token => token.Audience = audience));

        status.ShouldBe(HttpStatusCode.Unauthorized);
        Detail(body).ShouldContain("whose audience (aud) is dunnhumby");
    }

    [Fact]
    public async Task Get_TokenOfAnotherKey_IsRefused()
    {
        await using var service = await GuardedService.StartAsync(_provider);
        using var rsa = RSA.Create(2048);
        // Under the name of the right key.
        var forged = _provider.TokenOf(Person.Admin, token => token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = _provider.SigningKey.KeyId }, SecurityAlgorithms.RsaSha256));

        (await service.GetAsync("/read", forged)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>The classic forgeries: no signature at all, and one made with the public key as if it were a shared secret.</summary>
    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    public async Task Get_TokenOfAnAlgorithmThatProvesNothing_IsRefused(string algorithm)
    {
        await using var service = await GuardedService.StartAsync(_provider);
        var good = _provider.TokenOf(Person.Admin).Split('.');
        var unsigned = $"{Base64UrlEncoder.Encode($$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{_provider.SigningKey.KeyId}}"}""")}.{good[1]}";
        var signature = algorithm is "HS256" ? Base64UrlEncoder.Encode(HMACSHA256.HashData(_provider.SigningKey.Rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(unsigned))) : "";

        (await service.GetAsync("/read", $"{unsigned}.{signature}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await service.GetAsync("/read", $"{unsigned}.{good[2]}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_TokenThatWasChanged_IsRefused()
    {
        await using var service = await GuardedService.StartAsync(_provider);
        var reader = _provider.TokenOf(Person.Reader).Split('.');
        var admin = _provider.TokenOf(Person.Admin).Split('.');

        (await service.GetAsync("/read", $"{reader[0]}.{admin[1]}.{reader[2]}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>Claims that are called as ours are: whoever can choose a claim must not choose a scope, a fingerprint or a record with it.</summary>
    [Fact]
    public async Task Get_TokenWithClaimsCalledAsOurs_GetsNothingFromThem()
    {
        await using var service = await GuardedService.StartAsync(_provider);
        var token = _provider.TokenOf(Person.Nobody, token =>
        {
            token.Claims["scope"] = "admin ingest read";
            token.Claims["scp"] = "admin";
            token.Claims["role"] = "admin";
            token.Claims["key_fingerprint"] = "0123456789abcdef";
            token.Claims["actor"] = "Ada Admin <9b3d-admin>";
        });

        (await service.GetAsync("/read", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await service.GetAsync("/admin", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("at_hash")]
    public async Task Get_IdToken_IsRefusedEvenForTheRightAudience(string claim)
    {
        await using var service = await GuardedService.StartAsync(_provider);

        var (status, body, _) = await service.GetAsync("/read", _provider.TokenOf(Person.Reader, token => token.Claims[claim] = "anything"));

        status.ShouldBe(HttpStatusCode.Unauthorized);
        Detail(body).ShouldBe("This is an ID token. Send the access token that came with it.");
    }

    /// <summary>A name may not look like somebody else's record, nor turn around what follows it.</summary>
    [Fact]
    public async Task Get_NameThatPretends_IsShownWithoutItsSigns()
    {
        await using var service = await GuardedService.StartAsync(_provider);
        var token = _provider.TokenOf(Person.Reader, token => token.Claims["name"] = "Ada Admin <9b3d-admin>\u202E\n");

        (await service.GetAsync("/read", token)).Body.ShouldBe("Ada Admin 9b3d-admin <5e1f-reader>");
    }

    [Theory]
    [InlineData("groups", """{"groups":["loader","staff"]}""")]
    [InlineData("realm_access.roles", """{"realm_access":{"roles":["loader"]}}""")]
    [InlineData("https://example.org/roles", """{"https://example.org/roles":["loader"]}""")]
    [InlineData("role", """{"role":"loader"}""")]
    public async Task Get_RolesInAnotherClaim_AreFoundThere(string claim, string claims)
    {
        await using var service = await GuardedService.StartAsync(_provider, ("SignIn:RoleClaim", claim));
        using var parsed = JsonDocument.Parse(claims);
        var token = _provider.TokenOf(Person.Nobody, token =>
        {
            foreach (var one in parsed.RootElement.EnumerateObject())
            {
                token.Claims[one.Name] = one.Value.Clone();
            }
        });

        (await service.GetAsync("/ingest", token)).Status.ShouldBe(HttpStatusCode.OK);
        (await service.GetAsync("/admin", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Get_KeysBesideTokens_WorkAsBefore()
    {
        await using var service = await GuardedService.StartAsync(_provider);

        (await service.GetAsync("/ingest", GuardedService.Key)).Body.ShouldStartWith("ingest:");
        (await service.GetAsync("/read", GuardedService.ReadKey)).Status.ShouldBe(HttpStatusCode.OK);
        (await service.GetAsync("/ingest", GuardedService.ReadKey)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await service.GetAsync("/read", token: null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        // Three parts, but no head: a key as good as another one.
        (await service.GetAsync("/read", "a.b.c")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_GoodTokenWhereNobodySignsIn_IsAnUnknownKey()
    {
        await using var service = await GuardedService.StartAsync(_provider, ("SignIn:Authority", ""));

        (await service.GetAsync("/read", _provider.TokenOf(Person.Admin))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Get_WrongTokens_AreSlowedDownAsWrongKeysAre()
    {
        await using var service = await GuardedService.StartAsync(_provider, ("FailedKeys:PerMinute", "1"));
        var known = _provider.TokenOf(Person.Reader);
        (await service.GetAsync("/read", known)).Status.ShouldBe(HttpStatusCode.OK);

        List<HttpStatusCode> statuses = [];
        for (var n = 0; n < 25; n++)
        {
            statuses.Add((await service.GetAsync("/read", _provider.TokenOf(Person.Reader, token => token.Audience = $"other-{n}"))).Status);
        }

        // The default: 20 at once.
        statuses.Count(status => status == HttpStatusCode.Unauthorized).ShouldBe(20);
        statuses.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(5);
        (await service.GetAsync("/read", known)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Get_ProviderAway_Is503AndNoAttemptToTryTokens()
    {
        var gone = await PeopleProvider.StartAsync(new Uri("http://localhost:5100"));
        await using var service = await GuardedService.StartAsync(gone, ("FailedKeys:PerMinute", "1"), ("FailedKeys:Burst", "1"));
        var token = gone.TokenOf(Person.Reader);
        await gone.DisposeAsync();

        for (var n = 0; n < 3; n++)
        {
            var (status, body, headers) = await service.GetAsync("/read", token);
            status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            Detail(body).ShouldStartWith("The sign-in provider does not answer");
            headers.RetryAfter.ShouldNotBeNull();
        }
    }

    /// <summary>The token of a page, as the provider itself makes it, is one of these.</summary>
    [Fact]
    public void TokenOf_AsTheProviderMakesThem_HasItsTypeAndEnd()
    {
        var token = new JsonWebToken(_provider.TokenOf(Person.Reader));

        token.Typ.ShouldBe("at+jwt");
        token.ValidTo.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    private static Person Named(string name) => name switch
    {
        nameof(Person.Reader) => Person.Reader,
        nameof(Person.Loader) => Person.Loader,
        nameof(Person.Admin) => Person.Admin,
        _ => Person.Nobody,
    };

    private static string Detail(string body)
    {
        using var problem = JsonDocument.Parse(body);
        return problem.RootElement.GetProperty("detail").GetString() ?? "";
    }
}
