using System.Net;
using Dunnhumby.SignIn.Provider;
using Dunnhumby.TestSupport;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dunnhumby.SignIn.Tests.Pages;

/// <summary>Signing in and out with a real provider, in a real browser.</summary>
public sealed class SignInTests(BrowserFixture browser)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_DeepLink_LeadsThroughTheProviderBackToPathAndQuery()
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await browser.OpenAsync(new Uri(host.Address, "/runs?after=7&note=a%26b"));
        page.Url.ShouldStartWith(host.Provider.Address.ToString());

        await page.SignInAsync(Person.Reader);

        await Expect(page.ById("run-4")).ToBeVisibleAsync();
        page.Url.ShouldBe(new Uri(host.Address, "/runs?after=7&note=a%26b").ToString());
        await Expect(page.ById("account")).ToContainTextAsync(Person.Reader.Name);
        await Expect(page.ById("run-by")).ToHaveTextAsync("by Ada Admin");
    }

    [Fact]
    public async Task SignIn_Cookie_IsForHttpAloneAndHoldsNoToken()
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await browser.OpenAsync(host.Address);
        await page.SignInAsync(Person.Admin);
        await Expect(page.ById("account")).ToBeVisibleAsync();

        var cookie = (await page.Context.CookiesAsync([host.Address.ToString()])).Single(one => string.Equals(one.Name, "dunnhumby-session", StringComparison.Ordinal));

        cookie.HttpOnly.ShouldBeTrue();
        cookie.SameSite.ShouldBe(SameSiteAttribute.Lax);
        // Over HTTP, on this machine; over HTTPS it is: see the test without a browser.
        cookie.Secure.ShouldBeFalse();
        // The provider's tokens have some 800 characters each.
        cookie.Value.Length.ShouldBeLessThan(700);
    }

    [Fact]
    public async Task Open_WrongPassword_StaysAtTheProvider()
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await browser.OpenAsync(host.Address);

        await page.SignInAsync(Person.Reader with { UserName = "nobody-knows" });

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Wrong user name or password.");
    }

    [Fact]
    public async Task SignOut_ByTheButton_EndsTheSessionHereAndAtTheProvider()
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await browser.OpenAsync(new Uri(host.Address, "/runs"));
        await page.SignInAsync(Person.Loader);
        await Expect(page.ById("run-4")).ToBeVisibleAsync();
        var cookie = await CookieAsync(page, host);

        await page.ById("sign-out").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "You are signed out" })).ToBeVisibleAsync();
        page.Url.ShouldBe(new Uri(host.Address, "/signed-out").ToString());
        // The provider asks for the password again, and who kept the old cookie has nothing from it.
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
        (await NegotiateAsync(host, cookie)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>The form of another page has no token of ours.</summary>
    [Fact]
    public async Task SignOut_ByAForgedForm_ChangesNothing()
    {
        await using var host = await DashboardHost.StartAsync();
        var page = await browser.OpenAsync(new Uri(host.Address, "/runs"));
        await page.SignInAsync(Person.Loader);
        await Expect(page.ById("run-4")).ToBeVisibleAsync();
        var cookie = await CookieAsync(page, host);
        using var client = Client(host);
        using var forged = new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Content = new FormUrlEncodedContent([]) };
        forged.Headers.Add("Cookie", cookie);

        using var answer = await client.SendAsync(forged, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await NegotiateAsync(host, cookie)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Hub_WithoutASession_IsRefused()
    {
        await using var host = await DashboardHost.StartAsync(settings: ("SignIn:SessionLifetime", "00:00:20"));
        (await NegotiateAsync(host, cookie: null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await NegotiateAsync(host, "dunnhumby-session=CfDJ8made-up")).ShouldBe(HttpStatusCode.Unauthorized);
        var page = await browser.OpenAsync(new Uri(host.Address, "/runs"));
        await page.SignInAsync(Person.Loader);
        await Expect(page.ById("run-4")).ToBeVisibleAsync();
        var cookie = await CookieAsync(page, host);
        (await NegotiateAsync(host, cookie)).ShouldBe(HttpStatusCode.OK);

        await Eventually.TrueAsync(async () => await NegotiateAsync(host, cookie) == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task OpenPage_SessionOver_SaysSoByItselfAndLeadsBack()
    {
        await using var host = await DashboardHost.StartAsync(settings: [("SignIn:SessionLifetime", "00:00:15"), ("SignIn:CheckInterval", "00:00:00.200")]);
        var page = await browser.OpenAsync(new Uri(host.Address, "/runs?after=9"));
        await page.SignInToLivePageAsync(Person.Loader);
        await Expect(page.ById("run-4")).ToBeVisibleAsync();

        await Expect(page.ById("session-ended")).ToBeVisibleAsync();
        await Expect(page.ById("run-4")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();

        // The provider still knows the person, and asks nothing.
        await Expect(page.ById("run-4")).ToBeVisibleAsync();
        page.Url.ShouldBe(new Uri(host.Address, "/runs?after=9").ToString());
    }

    /// <summary>Tokens of seven seconds, of which the pages leave the last five out: each is used for two.</summary>
    [Fact]
    public async Task OpenPage_AccessTokenOver_GoesOnWithANewOne()
    {
        await using var host = await DashboardHost.StartAsync(TimeSpan.FromSeconds(7), ("SignIn:CheckInterval", "00:00:00.200"));
        var page = await browser.OpenAsync(new Uri(host.Address, "/runs"));
        await page.SignInToLivePageAsync(Person.Loader);
        await Expect(page.ById("run-4")).ToBeVisibleAsync();

        await Eventually.TrueAsync(async () =>
        {
            await page.ReloadAsync();
            await Expect(page.ById("run-4")).ToBeVisibleAsync();
            return host.Service.Tokens.Distinct(StringComparer.Ordinal).Count() >= 3;
        });
    }

    [Fact]
    public async Task OpenPage_PersonTakenAwayAtTheProvider_Ends()
    {
        await using var host = await DashboardHost.StartAsync(TimeSpan.FromSeconds(7), ("SignIn:CheckInterval", "00:00:00.200"));
        var page = await browser.OpenAsync(new Uri(host.Address, "/runs"));
        await page.SignInToLivePageAsync(Person.Loader);
        await Expect(page.ById("run-4")).ToBeVisibleAsync();

        host.Provider.People.TryRemove(Person.Loader.UserName, out _).ShouldBeTrue();

        await Expect(page.ById("session-ended")).ToBeVisibleAsync();
        host.Logged.ShouldContain(line => line.StartsWith("The session of Leo Loader <7a2c-loader> has ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenPage_RoleTakenAwayAtTheProvider_Ends()
    {
        await using var host = await DashboardHost.StartAsync(TimeSpan.FromSeconds(7), ("SignIn:CheckInterval", "00:00:00.200"));
        var page = await browser.OpenAsync(new Uri(host.Address, "/loads"));
        await page.SignInToLivePageAsync(Person.Loader);
        await Expect(page.ById("upload-panel")).ToBeVisibleAsync();

        host.Provider.People[Person.Loader.UserName] = Person.Loader with { Roles = ["reader"] };

        await Expect(page.ById("session-ended")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Your account may not see this page" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SignIn_TokenForAnotherAudience_IsSaidInTheLogAndNotOnThePage()
    {
        await using var host = await DashboardHost.StartAsync(settings: ("SignIn:Audience", "another-application"));
        var page = await browser.OpenAsync(host.Address);

        await page.SignInAsync(Person.Admin);

        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Signing in did not work" })).ToBeVisibleAsync();
        (await page.ContentAsync()).ShouldNotContain("audience");
        host.Logged.ShouldContain(line => line.Contains("SignIn__Audience", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/alive", HttpStatusCode.OK)]
    [InlineData("/app.css", HttpStatusCode.OK)]
    [InlineData("/_framework/blazor.web.js", HttpStatusCode.OK)]
    [InlineData("/signed-out", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/loads/1?after=2", HttpStatusCode.Redirect)]
    [InlineData("/no-role", HttpStatusCode.Redirect)]
    [InlineData("/there-is-no-such-page", HttpStatusCode.Redirect)]
    [InlineData("/_blazor", HttpStatusCode.Unauthorized)]
    [InlineData("/_blazor/initializers", HttpStatusCode.Unauthorized)]
    [InlineData("/health/details", HttpStatusCode.Unauthorized)]
    public async Task Get_WithoutASession_IsOpenWhereNothingIsToBeSeen(string path, HttpStatusCode expected)
    {
        await using var host = await DashboardHost.StartAsync();
        using var client = Client(host);

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);

        if (path is "/health")
        {
            // Its broker is away in this test.
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
            return;
        }

        answer.StatusCode.ShouldBe(expected);
        if (expected is HttpStatusCode.Redirect)
        {
            var there = answer.Headers.Location.ShouldNotBeNull().ToString();
            there.ShouldStartWith(new Uri(host.Provider.Address, "/connect/authorize").ToString());
            there.ShouldContain("code_challenge_method=S256");
            there.ShouldContain("response_type=code");
        }
    }

    [Fact]
    public async Task Get_BehindHttps_MarksCookiesSecure()
    {
        await using var host = await DashboardHost.StartAsync(settings: ("ForwardedHeaders_Enabled", "true"));
        using var client = Client(host);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "X-Forwarded-Proto", "https" } } };

        using var answer = await client.SendAsync(request, Token);

        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        cookies.ShouldNotBeEmpty();
        cookies.ShouldAllBe(cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase) && cookie.Contains("; httponly", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Get_ProviderAway_IsAPageThatSaysSo()
    {
        await using var host = await DashboardHost.StartAsync();
        await host.Provider.DisposeAsync();
        using var client = Client(host);

        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("The sign-in provider does not answer.");
    }

    private static async Task<string> CookieAsync(IPage page, DashboardHost host) =>
        string.Join("; ", (await page.Context.CookiesAsync([host.Address.ToString()])).Select(cookie => $"{cookie.Name}={cookie.Value}"));

    /// <summary>How the hub answers who wants to connect.</summary>
    private static async Task<HttpStatusCode> NegotiateAsync(DashboardHost host, string? cookie)
    {
        using var client = Client(host);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await client.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private static HttpClient Client(DashboardHost host) => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
}
