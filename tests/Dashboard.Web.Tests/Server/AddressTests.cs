using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Dunnhumby.Dashboard.Web.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Tests.Server;

/// <summary>Every page with every parameter of its address, found by reflection: a new page is walked like the others, or fails here.</summary>
public sealed partial class AddressTests(AnsweringServer server) : IClassFixture<AnsweringServer>
{
    private static readonly Type[] Pages = [.. typeof(Program).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any())];

    /// <summary>What people and programs put in addresses: other types, other signs, nothing, too much, and what a server might trip over.</summary>
    private static readonly string[] Hostile =
    [
        "abc", "1.5", "maybe", "-1", "0", "99999999999999999999", "1e5", "0x1F", " 1", "1 ", "٣", "null", "true,false", "%00", "%F0%9F%98%80", "%E2%80%AE", "<script>",
        "'", "\"", "..%2F..", "%25", "%", new string('9', 2_000), "",
    ];

    private readonly HttpClient _browser = server.CreateClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Parameters
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (var page in Pages)
            {
                foreach (var route in page.GetCustomAttributes<RouteAttribute>().Select(route => route.Template))
                {
                    foreach (var segment in Segment().Matches(route).Select(match => match.Value))
                    {
                        data.Add(route, segment);
                    }

                    foreach (var name in AddressNotice.ParametersOf(page))
                    {
                        data.Add(route, name);
                    }
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Routes => [.. Templates];

    private static IEnumerable<string> Templates => Pages.SelectMany(page => page.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template);

    [Fact]
    public async Task Page_PartNeverComputed_IsServedWithoutItAndAsksOnce()
    {
        var before = server.TimesAsked("/households/7/daily-spend");

        var page = await _browser.GetStringAsync(new Uri("/households/7", UriKind.Relative), Token);

        page.ShouldContain("There are no figures of spend yet.");
        page.ShouldContain("Total spend");
        (server.TimesAsked("/households/7/daily-spend") - before).ShouldBe(1, "Asking again computes nothing.");
    }

    [Fact]
    public void Pages_Parameters_AreBoundAsText()
    {
        Pages.Length.ShouldBeGreaterThan(10);
        var bound = Pages.SelectMany(page => page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null || property.GetCustomAttribute<ParameterAttribute>() is not null)
            .ToList();

        bound.ShouldAllBe(property => property.PropertyType == typeof(string));
        // A constraint would answer with the page of unknown addresses, which does not say what is allowed.
        Templates.ShouldAllBe(route => !route.Contains(':'));
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task Get_AnyValueOfAnyParameter_IsNeverAFaultOfTheServer(string route, string parameter)
    {
        // A NUL in the path is refused by the server before any page is asked, and by the client of this test.
        foreach (var value in Hostile.Where(value => value is not "%00" || !parameter.StartsWith('{')))
        {
            var path = Segment().Replace(route, match => string.Equals(match.Value, parameter, StringComparison.Ordinal) ? value.Length == 0 ? "x" : value : "1");
            var address = parameter.StartsWith('{') ? path : $"{path}?{parameter}={value}";

            using var answer = await _browser.GetAsync(new Uri(address, UriKind.Relative), Token);

            ((int)answer.StatusCode).ShouldBeLessThan(500, address);
            var body = await answer.Content.ReadAsStringAsync(Token);
            body.ShouldNotContain("<script>alert");
            if (answer.StatusCode is not HttpStatusCode.BadRequest)
            {
                body.ShouldContain("<h1", Case.Sensitive, address);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Get_UnknownParameter_IsNamedOnThePage(string route)
    {
        var body = WebUtility.HtmlDecode(await (await _browser.GetAsync(new Uri($"{Segment().Replace(route, "1")}?hasKid=true", UriKind.Relative), Token)).Content.ReadAsStringAsync(Token));

        body.ShouldContain("This page has no parameter 'hasKid'");
    }

    [Theory]
    [InlineData("/households?rfmBin=abc", "'abc' does not fit: rfmBin takes a whole number from 1 to 5.")]
    [InlineData("/households?rfmBin=1.5", "'1.5' does not fit: rfmBin takes a whole number from 1 to 5.")]
    [InlineData("/households?rfmBin=6", "rfmBin takes a whole number from 1 to 5.")]
    [InlineData("/households?hasKids=maybe", "'maybe' does not fit: hasKids takes true or false.")]
    [InlineData("/households?sort=name", "sort takes householdKey, -householdKey, totalSales,")]
    [InlineData("/households/1?by=year", "by takes day, week, month.")]
    [InlineData("/households/1?off=meat,cars", "'cars' does not fit: off takes alcohol, beverages,")]
    [InlineData("/tables/1?filter=day%3Dx", "'x' does not fit: day takes a whole number.")]
    [InlineData("/loads?dataset=products", "dataset takes transaction_data, product,")]
    [InlineData("/loads/1/quarantine?reason=bogus", "No row of this load has the reason 'bogus'")]
    [InlineData("/loads/1/quarantine?column=DAY", "column names a group together with reason")]
    public async Task Get_ValueThatDoesNotFit_IsAPageThatSaysWhatIsAllowed(string address, string said)
    {
        using var answer = await _browser.GetAsync(new Uri(address, UriKind.Relative), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var body = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token));
        body.ShouldContain(said);
        body.ShouldContain("Open the page without its parameters");
    }

    [Fact]
    public async Task Get_ParameterTwice_IsNoticed()
    {
        using var answer = await _browser.GetAsync(new Uri("/households?rfmBin=1&rfmBin=2", UriKind.Relative), Token);

        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)).ShouldContain("'rfmBin' is in the address 2 times");
    }

    [Theory]
    [InlineData("/households/404", "There is no household 404.")]
    [InlineData("/households/abc", "There is no household 'abc'")]
    [InlineData("/households/99999999999", "There is no household '99999999999'")]
    [InlineData("/campaigns/404", "There is no campaign 404.")]
    [InlineData("/campaigns/-1", "There is no campaign '-1'")]
    [InlineData("/stores?store=404", "There is no store '404'")]
    [InlineData("/loads/404", "There is no such load")]
    [InlineData("/loads/1.5", "There is no load '1.5'")]
    [InlineData("/loads/404/quarantine", "There is no such load")]
    [InlineData("/loads/x/quarantine", "There is no load 'x'")]
    [InlineData("/tables/404", "There is no table '404'.")]
    [InlineData("/batches/1", "There is no page at this address")]
    public async Task Get_ThingThatThereIsNot_Is404AndSaysSo(string address, string said)
    {
        using var answer = await _browser.GetAsync(new Uri(address, UriKind.Relative), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)).ShouldContain(said);
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Segment();
}
