using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Dunnhumby.Dashboard.Web.Tests.Server;

/// <summary>What a browser with an empty cache fetches before it has the whole page, counted as it is transferred.</summary>
public sealed partial class FirstVisitTests(AnsweringServer server) : IClassFixture<AnsweringServer>
{
    private const int MaxBytes = 600_000;

    private readonly HttpClient _browser = Browser(server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "light")]
    [InlineData("/", "dark")]
    [InlineData("/households/1", "light")]
    [InlineData("/campaigns", "light")]
    [InlineData("/loads", "dark")]
    public async Task Page_EmptyCache_WeighsLessThan600Kilobytes(string address, string theme)
    {
        var total = await FetchAsync(address);
        var text = await TextAsync(address);
        var fetched = new List<string> { $"{address} {total}" };
        // Scripts and styles that stand in the page, the chosen theme's sheet, and fonts of our own sheet: the package's are replaced by it.
        var references = Reference().Matches(WithoutNoscript(text)).Select(match => match.Groups["address"].Value)
            .Append(Regex.Match(text, $"data-{theme}=\"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value)
            .ToList();
        var styles = await TextAsync(references.Single(reference => reference.StartsWith("app.", StringComparison.Ordinal)));
        references.AddRange(Url().Matches(styles).Select(match => match.Groups["address"].Value));

        foreach (var reference in references.Distinct(StringComparer.Ordinal))
        {
            var size = await FetchAsync(reference);
            fetched.Add($"{reference} {size}");
            total += size;
        }

        references.Count.ShouldBeGreaterThan(7);
        references.ShouldContain(reference => reference.Contains("standard-", StringComparison.Ordinal), 1);
        total.ShouldBeLessThan(MaxBytes, string.Join('\n', fetched));
    }

    [Fact]
    public async Task Asset_KnownTag_Is304()
    {
        var asset = Reference().Matches(await TextAsync("/")).Select(match => match.Groups["address"].Value).First(reference => reference.Contains("blazor.web", StringComparison.Ordinal));
        using var first = await _browser.GetAsync(new Uri(asset, UriKind.Relative), Token);
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(asset, UriKind.Relative));
        again.Headers.IfNoneMatch.Add(first.Headers.ETag.ShouldNotBeNull());

        using var second = await _browser.SendAsync(again, Token);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        first.Content.Headers.ContentEncoding.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Page_EncodingAccepted_IsCompressed(string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/households/1", UriKind.Relative));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));

        using var answer = await server.CreateClient().SendAsync(request, Token);

        answer.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        answer.Headers.Vary.Contains("Accept-Encoding", StringComparer.OrdinalIgnoreCase).ShouldBeTrue();
    }

    private static HttpClient Browser(AnsweringServer server)
    {
        var browser = server.CreateClient();
        browser.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, deflate, br, zstd");
        return browser;
    }

    private async Task<int> FetchAsync(string address)
    {
        using var answer = await _browser.GetAsync(new Uri(address, UriKind.Relative), Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return (await answer.Content.ReadAsByteArrayAsync(Token)).Length;
    }

    private async Task<string> TextAsync(string address)
    {
        using var plain = server.CreateClient();
        return await plain.GetStringAsync(new Uri(address, UriKind.Relative), Token);
    }

    private static string WithoutNoscript(string page) => Regex.Replace(page, "<noscript>.*?</noscript>", "", RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    [GeneratedRegex("""(?:<script[^>]* src|<link[^>]* href)="(?<address>[^"]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("""url\("(?<address>[^"]+)"\)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Url();
}
