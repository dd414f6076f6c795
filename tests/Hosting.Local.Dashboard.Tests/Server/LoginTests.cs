using System.Net;
using System.Text.RegularExpressions;
using Dunnhumby.Hosting.Local.Dashboard.Tests.Application;

namespace Dunnhumby.Hosting.Local.Dashboard.Tests.Server;

public sealed partial class LoginTests(DashboardFixture fixture) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _client;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Browser => _client ??= new HttpClient(new HttpClientHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = fixture.Application.Settings.Frontend };

    public void Dispose() => _client?.Dispose();

    [Theory]
    [InlineData("/")]
    [InlineData("/consolelogs")]
    [InlineData("/consolelogs/download")]
    [InlineData("/traces")]
    public async Task Get_WithoutLogin_LeadsToTheLogin(string path)
    {
        using var answer = await Browser.GetAsync(path, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location.ShouldNotBeNull().ToString().ShouldContain($"/login?returnUrl={Uri.EscapeDataString(path)}");
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task GetLogin_WrongToken_Is401AndGivesNoCookie(string token)
    {
        using var answer = await Browser.GetAsync($"/login?t={token}", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("not the token");
        (await Browser.GetAsync("/", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task GetLogin_RightToken_GivesACookieOfThisPortThatOpensPagesAndTheirFiles()
    {
        using var login = await Browser.GetAsync($"/login?t={Uri.EscapeDataString(fixture.Application.Settings.BrowserToken)}&returnUrl=//elsewhere.example", Cancel);

        login.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        login.Headers.Location.ShouldNotBeNull().ToString().ShouldBe("/");
        var cookie = _cookies.GetAllCookies().Single(cookie => string.Equals(cookie.Name, $".dashboard.{fixture.Application.Settings.Frontend.Port}", StringComparison.Ordinal));
        cookie.HttpOnly.ShouldBeTrue();

        var page = await Browser.GetStringAsync("/", Cancel);
        var files = Address().Matches(page).Select(match => match.Groups["address"].Value).Where(address => address.Contains('.', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        files.Count.ShouldBeGreaterThanOrEqualTo(9);
        files.ShouldContain(file => file.Contains("blazor.web.js", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var answer = await Browser.GetAsync(file, Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            (await answer.Content.ReadAsByteArrayAsync(Cancel)).Length.ShouldBePositive(file);
        }
    }

    [Fact]
    public async Task PostLogin_WithoutTheFormsToken_IsRefused()
    {
        using var form = new FormUrlEncodedContent([new("token", fixture.Application.Settings.BrowserToken)]);
        using var answer = await Browser.PostAsync("/login", form, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [GeneratedRegex("(href|src)=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
