using System.Net;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Households;
using Dunnhumby.Dashboard.Web.Tests.Stubs;
using Microsoft.Extensions.Time.Testing;

namespace Dunnhumby.Dashboard.Web.Tests.Clients;

public sealed class InsightsClientTests : IDisposable
{
    private readonly StubService _service = new();
    private readonly FakeTimeProvider _time = new();
    private readonly AnswerCache _cache;
    private readonly InsightsClient _client;

    public InsightsClientTests()
    {
        _cache = new AnswerCache(_time);
        _client = new InsightsClient(_service.Client, _cache);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task GetStoreDays_TwiceWithinAMoment_AsksOnce()
    {
        _service.Answer("/sales/daily", Sample.StoreDays, "\"7\"");

        var first = await _client.GetAsync<StoreDay[]>("sales/daily", Token);
        var second = await _client.GetAsync<StoreDay[]>("sales/daily", Token);

        first.Value.ShouldNotBeNull().ShouldBe(Sample.StoreDays);
        second.Value.ShouldBeSameAs(first.Value);
        _service.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task GetStoreDays_Later_AsksWithTheETagAndKeepsTheAnswer()
    {
        _service.Answer("/sales/daily", Sample.StoreDays, "\"7\"");
        var first = await _client.GetAsync<StoreDay[]>("sales/daily", Token);
        _time.Advance(AnswerCache.Fresh);

        var second = await _client.GetAsync<StoreDay[]>("sales/daily", Token);

        _service.Asked.ShouldBe([("/sales/daily", null), ("/sales/daily", "\"7\"")]);
        second.Value.ShouldBeSameAs(first.Value); // The stub answered 304.
    }

    [Fact]
    public async Task GetStoreDays_NewVersionAnnounced_BringsTheNewFigures()
    {
        _service.Answer("/sales/daily", Sample.StoreDays, "\"7\"");
        await _client.GetAsync<StoreDay[]>("sales/daily", Token);
        _service.Answer("/sales/daily", Sample.StoreDays[..1], "\"8\"");

        _cache.Expire();

        (await _client.GetAsync<StoreDay[]>("sales/daily", Token)).Value.ShouldNotBeNull().Length.ShouldBe(1);
    }

    [Fact]
    public async Task GetHouseholds_Filters_AreTheQuery()
    {
        await _client.GetHouseholdsAsync(new HouseholdFilter(RfmBin: 5, HasKids: false, Sort: "-totalSales", After: "a b&c"), Token);

        _service.Asked.ShouldHaveSingleItem().Address.ShouldBe("/households?rfmBin=5&hasKids=false&sort=-totalSales&after=a%20b%26c&limit=50");
    }

    [Fact]
    public async Task GetHousehold_Unknown_IsATroubleInTheServicesWords()
    {
        _service.Refuse("/households/9", HttpStatusCode.NotFound, """{"title":"Unknown household","detail":"Household 9 is not in version 7.","traceId":"abc"}""");

        var answer = await _client.GetHouseholdAsync(9, Token);

        answer.Trouble.ShouldBe(new Trouble(TroubleKind.NotFound, "Unknown household", "Household 9 is not in version 7.", "abc"));
    }

    [Fact]
    public async Task GetVersion_NoConnection_SaysSo()
    {
        _service.Unreachable = true;

        var answer = await _client.GetVersionAsync(Token);

        answer.Succeeded.ShouldBeFalse();
        answer.Trouble.ShouldNotBeNull().Kind.ShouldBe(TroubleKind.Unreachable);
    }

    [Fact]
    public async Task GetVersion_NotJson_IsATroubleToo()
    {
        _service.Refuse("/version", HttpStatusCode.OK, "<html>", "text/html");

        (await _client.GetVersionAsync(Token)).Trouble.ShouldNotBeNull().Title.ShouldContain("cannot read");
    }
}
