using System.Net;

namespace Dunnhumby.ServiceDefaults.Tests;

public sealed class HostAndOriginTests
{
    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("localhost:5101", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:5101", HttpStatusCode.OK)]
    [InlineData("[::1]:5101", HttpStatusCode.OK)]
    [InlineData("evil.test", HttpStatusCode.BadRequest)]
    [InlineData("evil.test:5101", HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.test", HttpStatusCode.BadRequest)]
    [InlineData("ingestion.internal", HttpStatusCode.BadRequest)]
    public async Task Request_WithoutConfiguredHosts_IsAnsweredUnderLoopbackNamesOnly(string host, HttpStatusCode expected)
    {
        await using var service = await SmallService.StartAsync();

        using var answer = await service.GetAsync("/health", ("Host", host));

        answer.StatusCode.ShouldBe(expected);
        $"{answer.Headers}".ShouldNotContain("evil.test");
    }

    [Theory]
    [InlineData("pages.example", HttpStatusCode.OK)]
    [InlineData("ingestion.internal:8080", HttpStatusCode.OK)]
    [InlineData("evil.test", HttpStatusCode.BadRequest)]
    [InlineData("localhost", HttpStatusCode.BadRequest)]
    public async Task Request_WithConfiguredHosts_IsAnsweredUnderThoseOnly(string host, HttpStatusCode expected)
    {
        await using var service = await SmallService.StartAsync(("AllowedHosts", "pages.example; ingestion.internal"));

        using var answer = await service.GetAsync("/health", ("Host", host));

        answer.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    [InlineData("https://pages.example", HttpStatusCode.OK)]
    [InlineData("https://pages.example:443", HttpStatusCode.OK)]
    [InlineData("http://pages.example", HttpStatusCode.Forbidden)]
    [InlineData("https://localhost", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:81", HttpStatusCode.Forbidden)]
    [InlineData("http://evil.test", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost@evil.test", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost.evil.test", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("localhost", HttpStatusCode.Forbidden)]
    public async Task Change_ByAPage_IsTakenFromItsOwnAndNamedOriginsOnly(string origin, HttpStatusCode expected)
    {
        await using var service = await SmallService.StartAsync(("Cors:Origins:0", "https://pages.example"));

        using var answer = await service.SendAsync(HttpMethod.Post, "/change", ("Origin", origin));

        answer.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.Forbidden)
        {
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("urn:dunnhumby:problem:foreign-origin");
        }
    }

    [Fact]
    public async Task Change_ByAProgram_NeedsNoOrigin()
    {
        await using var service = await SmallService.StartAsync();

        using var answer = await service.SendAsync(HttpMethod.Post, "/change");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Every method that may change something, known to the service or not: none gets as far as its endpoint.</summary>
    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("CONNECT")]
    [InlineData("post")]
    [InlineData("ODD")]
    public async Task Change_OfAnyMethodByAForeignPage_IsRefused(string method)
    {
        await using var service = await SmallService.StartAsync();

        using var answer = await service.SendAsync(new HttpMethod(method), "/change", ("Origin", "http://evil.test"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
