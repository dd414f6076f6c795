using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

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
        policy.ShouldContain("connect-src 'self' http://127.0.0.1:1;");
        policy.ShouldContain("frame-ancestors 'none'");
        response.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
    }

    [Theory]
    [InlineData("evil.test")]
    [InlineData("evil.test:5100")]
    [InlineData("localhost.evil.test")]
    public async Task Get_ByAForeignName_IsRefusedAndNotEchoed(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };

        using var response = await _browser.SendAsync(request, Token);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        $"{response.Headers}{await response.Content.ReadAsStringAsync(Token)}".ShouldNotContain("evil.test");
    }

    /// <summary>A page whose name was made to lead here would open the hub and have it issue tickets.</summary>
    [Theory]
    [InlineData("evil.test", "http://evil.test")]
    [InlineData("localhost", "http://evil.test")]
    [InlineData("localhost", "http://localhost:9999")]
    [InlineData("localhost", "null")]
    public async Task OpenHub_FromAForeignPage_IsRefused(string host, string origin)
    {
        var socket = server.Server.CreateWebSocketClient();
        socket.ConfigureRequest = request => (request.Host, request.Headers.Origin) = (new HostString(host), origin);
        using var negotiation = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1") { Headers = { Host = host } };
        negotiation.Headers.TryAddWithoutValidation("Origin", origin);

        await Should.ThrowAsync<InvalidOperationException>(() => socket.ConnectAsync(new Uri("ws://localhost/_blazor"), Token));
        using var negotiated = await _browser.SendAsync(negotiation, Token);

        negotiated.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task OpenHub_FromItsOwnPage_Opens()
    {
        var socket = server.Server.CreateWebSocketClient();
        socket.ConfigureRequest = request => request.Headers.Origin = "http://localhost";

        using var opened = await socket.ConnectAsync(new Uri("ws://localhost/_blazor"), Token);

        opened.State.ShouldBe(WebSocketState.Open);
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
