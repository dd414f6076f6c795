using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Dunnhumby.ServiceDefaults.Tests;

public sealed class FailedAttemptTests
{
    private const string Key = "read-key-of-tests-0123456789abcdefgh";
    private const string Secret = "signing-secret-of-tests-0123456789abc";
    private static readonly (string, string)[] Settings = [("ApiKeys:read", Key), ("Signing:Secret", Secret), ("FailedKeys:PerMinute", "1")];

    [Theory]
    [InlineData("X-Api-Key", "")]
    [InlineData("Authorization", "Bearer ")]
    public async Task WrongKeys_SeventyAtOnce_AreAnsweredTwentyTimesAndThenRefused(string header, string prefix)
    {
        await using var service = await SmallService.StartAsync(Settings);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 70).Select(n => StatusAsync(service, "10.0.0.1", $"{prefix}wrong-key-{n}", header)));

        statuses.Count(status => status == HttpStatusCode.Unauthorized).ShouldBe(20);
        statuses.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(50);
    }

    [Fact]
    public async Task RightKey_FirstTriedAfterTooManyWrongOnes_HasToWaitAndIsToldHowLong()
    {
        await using var service = await SmallService.StartAsync(Settings);
        await TryAsync(service, "10.0.0.1", 20);

        using var answer = await service.GetAsync("/read", ("X-Api-Key", Key), (SmallService.Address, "10.0.0.1"));

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromMinutes(1));
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("urn:dunnhumby:problem:too-many-wrong-keys");
    }

    [Fact]
    public async Task RightKey_UsedFromThisAddressBefore_StillPasses()
    {
        await using var service = await SmallService.StartAsync(Settings);
        (await StatusAsync(service, "10.0.0.1", Key)).ShouldBe(HttpStatusCode.OK);
        await TryAsync(service, "10.0.0.1", 30);

        (await StatusAsync(service, "10.0.0.1", Key)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(service, "10.0.0.1", "wrong-key")).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.2", HttpStatusCode.OK)]
    [InlineData("2001:db8:1:1::1", "2001:db8:1:2::1", HttpStatusCode.OK)]
    [InlineData("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", HttpStatusCode.TooManyRequests)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", HttpStatusCode.TooManyRequests)]
    public async Task WrongKeys_OfOneAddress_HoldUpItsNetworkOnly(string wrong, string right, HttpStatusCode expected)
    {
        await using var service = await SmallService.StartAsync(Settings);
        await TryAsync(service, wrong, 20);

        (await StatusAsync(service, right, Key)).ShouldBe(expected);
    }

    [Fact]
    public async Task Requests_WithoutAKeyOrWithAnotherScopesKey_AreNoAttempts()
    {
        await using var service = await SmallService.StartAsync([.. Settings, ("ApiKeys:ingest", "ingest-key-of-tests-0123456789abcdef")]);
        for (var n = 0; n < 30; n++)
        {
            (await service.GetAsync("/read", (SmallService.Address, "10.0.0.1"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await StatusAsync(service, "10.0.0.1", "ingest-key-of-tests-0123456789abcdef")).ShouldBe(HttpStatusCode.Forbidden);
        }

        (await StatusAsync(service, "10.0.0.1", Key)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WrongKey_IsLoggedWithAddressAndFingerprint_AndNeverItself()
    {
        await using var service = await SmallService.StartAsync(Settings);

        await StatusAsync(service, "10.0.0.1", "a-wrong-key-that-may-be-right-elsewhere");

        // As KeyIsolationTests of the ingestion service compute it.
        var fingerprint = Convert.ToHexStringLower(HMACSHA256.HashData(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), "dunnhumby key fingerprint"u8), "a-wrong-key-that-may-be-right-elsewhere"u8)[..8]);
        service.Logged.ShouldContain(line => line == $"A key was refused: address 10.0.0.1, fingerprint {fingerprint}, GET /read");
        service.Logged.ShouldAllBe(line => !line.Contains("a-wrong-key", StringComparison.Ordinal));
    }

    private static async Task TryAsync(SmallService service, string address, int times)
    {
        for (var n = 0; n < times; n++)
        {
            await StatusAsync(service, address, $"wrong-key-{n}");
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(SmallService service, string address, string key, string header = "X-Api-Key")
    {
        using var answer = await service.GetAsync("/read", (header, key), (SmallService.Address, address));
        return answer.StatusCode;
    }
}
