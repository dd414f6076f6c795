using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport;

namespace Dunnhumby.Insights.Api.Tests.Problems;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class AccessTests(PublishedInsights insights)
{
    public static TheoryData<string> Reads => Versions.EntityTagTests.Reads;

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Read_WithoutKey_Is401(string address)
    {
        using var anyone = insights.Host.Connect(key: null);
        using var stranger = insights.Host.Connect("some-other-key");

        await anyone.ProblemAsync(address, HttpStatusCode.Unauthorized);
        await stranger.ProblemAsync(address, HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Read_WithKeyOfAnotherScope_Is403(string address)
    {
        using var uploader = insights.Host.Connect(InsightsHost.IngestKey);

        await uploader.ProblemAsync(address, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Read_UnknownAddress_Is404Problem() => await insights.Client.ProblemAsync("/nothing", HttpStatusCode.NotFound);

    /// <summary>That the page works with it, a browser tells.</summary>
    [Fact]
    public async Task Reference_Page_IsHeldToThisService()
    {
        using var page = await insights.Client.SendAsync(HttpMethod.Get, "/docs/");

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var policy = page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("default-src 'none';");
        policy.ShouldContain("connect-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
    }

    [Fact]
    public async Task Write_AnyRead_Is405()
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Post, "/households");

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Health_WithoutKeyAndBroker_IsDegradedButServes()
    {
        using var anyone = insights.Host.Connect(key: null);

        // The broker of this host does not exist; MassTransit says so as soon as it has tried.
        await Eventually.TrueAsync(async () => await anyone.GetStringAsync("/health", TestContext.Current.CancellationToken) is "Degraded", what: "the missing broker shows");
    }
}
