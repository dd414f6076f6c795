using System.Net;

namespace Dunnhumby.Dashboard.Web.Tests.Server;

public sealed class DashboardServerTests(DashboardServer server) : IClassFixture<DashboardServer>
{
    private readonly HttpClient _browser = server.CreateClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/households")]
    [InlineData("/households/1")]
    [InlineData("/campaigns")]
    [InlineData("/campaigns/9")]
    [InlineData("/loads")]
    [InlineData("/loads/1")]
    [InlineData("/lake")]
    public async Task Get_ServicesAndBrokerAway_ServesThePageThatSaysSo(string address)
    {
        var response = await _browser.GetAsync(address, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("service does not answer");
    }

    [Fact]
    public async Task Get_Page_AllowsOwnScriptsAndTheIngestionServiceOnly()
    {
        var response = await _browser.GetAsync("/", Token);

        var policy = response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("connect-src 'self' ws://localhost wss://localhost http://127.0.0.1:1;");
        policy.ShouldContain("frame-ancestors 'none'");
        response.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
    }

    [Fact]
    public async Task Get_Page_HasNoInlineScript()
    {
        var page = await _browser.GetStringAsync("/", Token);

        page.Split("<script").Skip(1).ShouldAllBe(script => script.TrimStart().StartsWith("src=", StringComparison.Ordinal));
        page.ShouldNotContain(" onclick=");
        page.ShouldNotContain("https://");
    }

    [Fact]
    public async Task Get_UnknownAddress_IsAPageWithStatus404()
    {
        var response = await _browser.GetAsync("/nowhere", Token);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("There is no page at this address");
    }

    [Fact]
    public async Task Get_Alive_AnswersWithoutServices() => (await _browser.GetAsync("/alive", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
}
