using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Lines;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Lines;

/// <summary>The lines behind figures. Loads, files and line numbers were counted by hand in <see cref="TracedJourney"/>; sums are compared with what the worker has published.</summary>
public sealed class LineTests(TracedJourney journey) : IClassFixture<TracedJourney>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HouseholdDay_Lines_AddUpToTheFigureAndSayWhereTheyAre()
    {
        var page = await GetAsync<TransactionLines>("/households/1/lines?day=200");

        page.Items.Select(line => (line.LoadId, line.MendsLoadId, line.File, line.Line, line.Product, line.Sales, line.LeftOutBy)).ShouldBe(
        [
            (1, null, "transaction_data.csv", 2, 11, 2.50m, null),
            (1, null, "transaction_data.csv", 3, 12, 10.00m, null),
            (11, 1, "transaction_data.csv", 10, 13, 0.75m, null),
            (9, null, "day 2.csv", 9, 13, 0.00m, LineRules.Zero),
            (9, null, "day 2.csv", 5, 14, 0.50m, null),
            (9, null, "day 2.csv", 6, 15, 3.00m, LineRules.ExcludedCommodity),
            (9, null, "day 2.csv", 7, 99, 1.00m, LineRules.UnknownProduct),
        ]);
        page.Items.ShouldAllBe(line => line.Counts == (line.LeftOutBy == null) && line.Untraced == null && line.Date == new DateOnly(2004, 10, 8));

        // 2.50 + 10.00 + 0.75 + 0.50 by hand, and as the worker has published it.
        (page.Lines, page.Counted, page.Sales, page.Next).ShouldBe((7, 4, 13.75m, null));
        var published = (await GetAsync<DailySpend>("/households/1/daily-spend")).Days.Single(day => day.Day == 200).Total;
        page.Sales.ShouldBe(published);
        page.Items.Where(line => line.Counts).Sum(line => line.Sales).ShouldBe(published);
    }

    [Fact]
    public async Task Household_AllLines_AddUpToTheTotalOfEveryHousehold()
    {
        foreach (var household in new[] { 1, 2 })
        {
            var published = await GetAsync<Household>($"/households/{household}");
            (await GetAsync<TransactionLines>($"/households/{household}/lines")).Sales.ShouldBe(published.TotalSales);
        }
    }

    [Fact]
    public async Task Line_LeftOut_SaysByWhichRule()
    {
        // Line 8 of load 1 is the only one of household 3; line 6 of day 50 is before the first day.
        var single = (await GetAsync<TransactionLines>("/households/3/lines")).Items.ShouldHaveSingleItem();
        (single.LoadId, single.Line, single.Counts, single.LeftOutBy).ShouldBe((1, 8, false, LineRules.SingleDayHousehold));
        var early = (await GetAsync<TransactionLines>("/households/1/lines?day=50")).Items.ShouldHaveSingleItem();
        (early.LoadId, early.Line, early.LeftOutBy).ShouldBe((9, 1_000, LineRules.OutsideDays));
    }

    [Fact]
    public async Task Basket_OfANewerLoad_HasItsLinesOnly()
    {
        var line = (await GetAsync<TransactionLines>("/households/1/lines?basket=27000000002")).Items.ShouldHaveSingleItem();

        (line.LoadId, line.Line, line.Sales).ShouldBe((9, 2, 4.25m));
    }

    /// <summary>The lines of household 1 by basket: 27000000001 has a mended line more, 27000000002 is that of the newer load, and 27000000006 has one line that counts among five.</summary>
    [Fact]
    public async Task Baskets_OfAHousehold_AreItsLinesAddedUp()
    {
        var page = await GetAsync<HouseholdBaskets>("/households/1/baskets");

        page.Items.Select(basket => (basket.Id, basket.Day, basket.Time, basket.Store, basket.Lines, basket.Counted, basket.Sales)).ShouldBe(
        [
            (27000000007, 50, 1100, 302, 1, 0, 0.00m),
            (27000000001, 200, 930, 300, 3, 3, 13.25m),
            (27000000006, 200, 1100, 302, 4, 1, 0.50m),
            (27000000002, 230, 1215, 300, 1, 1, 4.25m),
        ]);
        page.Items.ShouldAllBe(basket => basket.Household == 1 && basket.Date == new DateOnly(2004, 3, 23).AddDays(basket.Day - 1));
        var lines = await GetAsync<TransactionLines>("/households/1/lines");
        (page.Baskets, page.Lines, page.Counted, page.Sales, page.Next).ShouldBe((4, lines.Lines, lines.Counted, lines.Sales, null));
    }

    [Theory]
    [InlineData("from=200&to=200", "27000000001 27000000006", "13.75")]
    [InlineData("from=201", "27000000002", "4.25")]
    [InlineData("to=199", "27000000007", "0.00")]
    [InlineData("store=302", "27000000007 27000000006", "0.50")]
    [InlineData("from=400", "", "0.00")]
    public async Task Baskets_Filtered_FollowedToTheirEndGiveEachOnce(string filter, string expected, string sales)
    {
        foreach (var limit in new[] { 1, 2, 10 })
        {
            List<long> seen = [];
            string? after = null;
            do
            {
                var page = await GetAsync<HouseholdBaskets>($"/households/1/baskets?limit={limit}&{filter}{(after is null ? "" : $"&after={after}")}");
                page.Sales.ToString(CultureInfo.InvariantCulture).ShouldBe(sales);
                seen.AddRange(page.Items.Select(basket => basket.Id));
                after = page.Next;
            }
            while (after is not null && seen.Count < 10);

            string.Join(' ', seen).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Basket_ItsLines_SayWhereTheyAre()
    {
        var page = await GetAsync<TransactionLines>("/baskets/27000000001");

        page.Items.Select(line => (line.LoadId, line.File, line.Line, line.Household, line.Store, line.Sales)).ShouldBe(
            [(1, "transaction_data.csv", 2, 1, 300, 2.50m), (1, "transaction_data.csv", 3, 1, 300, 10.00m), (11, "transaction_data.csv", 10, 1, 300, 0.75m)]);
        (page.Lines, page.Counted, page.Sales).ShouldBe((3, 3, 13.25m));
        // Household 3 came on one day only.
        (await GetAsync<TransactionLines>("/baskets/27000000005")).Items.ShouldHaveSingleItem().LeftOutBy.ShouldBe(LineRules.SingleDayHousehold);
        using var csv = await journey.Client.SendAsync(HttpMethod.Get, "/households/1/baskets?limit=1", ("Accept", "text/csv"));
        (await csv.Content.ReadAsStringAsync(Cancelled)).ShouldBe("basket_id,household_key,day,date,trans_time,store_id,lines,counted,sales_value\n27000000007,1,50,2004-05-11,1100,302,1,0,0.00\n");
        csv.Headers.GetValues("Link").ShouldHaveSingleItem().ShouldContain("rel=\"next\"");
    }

    [Theory]
    [InlineData("/baskets/1", HttpStatusCode.NotFound, "There is no basket 1.")]
    [InlineData("/baskets/apples", HttpStatusCode.BadRequest, "A parameter has a value that cannot be used.")]
    [InlineData("/households/1/baskets?from=0", HttpStatusCode.BadRequest, "A parameter has a value that cannot be used.")]
    [InlineData("/households/1/baskets?from=9&to=8", HttpStatusCode.BadRequest, "A parameter has a value that cannot be used.")]
    [InlineData("/households/1/baskets?limit=0", HttpStatusCode.BadRequest, "A parameter has a value that cannot be used.")]
    [InlineData("/households/1/baskets?after=next", HttpStatusCode.BadRequest, "A parameter has a value that cannot be used.")]
    public async Task Baskets_ThatCannotBe_AreRefusedWithWhatToDo(string address, HttpStatusCode expected, string title) =>
        (await journey.Client.ProblemAsync(address, expected)).Text("title").ShouldBe(title);

    [Fact]
    public async Task Line_OfALoadFromBefore_HasNoNumberAndSaysWhy()
    {
        var line = (await GetAsync<TransactionLines>("/households/2/lines?basket=27000000008")).Items.ShouldHaveSingleItem();

        (line.LoadId, line.File, line.Line, line.Counts).ShouldBe((12, null, null, true));
        line.Untraced.ShouldNotBeNull().ShouldContain("before line numbers were kept");
    }

    [Fact]
    public async Task StoreDay_Lines_AddUpToTheFigure()
    {
        // Store 301 on day 200: 5.00 and 2.00 of household 2, who has days 200 and 400.
        var page = await GetAsync<TransactionLines>("/stores/301/lines?day=200");

        page.Items.Select(line => (line.LoadId, line.Line, line.Household)).ShouldBe([(1, 5, 2), (12, null, 2)]);
        page.Sales.ShouldBe(7.00m);
        (await GetAsync<Page<StoreDaySales>>("/sales/stores?store=301&from=200&to=200")).Items.ShouldHaveSingleItem().Sales.ShouldBe(7.00m);

        // On day 300 only household 3 came, who is left out.
        (await GetAsync<TransactionLines>("/stores/301/lines?day=300")).Items.ShouldHaveSingleItem().LeftOutBy.ShouldBe(LineRules.SingleDayHousehold);
    }

    [Fact]
    public async Task Product_Lines_AreOfAllHouseholds()
    {
        var page = await GetAsync<TransactionLines>("/products/12/lines");

        page.Items.Select(line => (line.Day, line.Household, line.LoadId, line.Line, line.Counts)).ShouldBe(
            [(200, 1, 1, 3, true), (200, 2, 1, 5, true), (200, 2, 12, null, true), (300, 3, 1, 8, false)]);
        (await GetAsync<TransactionLines>("/products/12/lines?household=2&store=301")).Lines.ShouldBe(2);
    }

    [Fact]
    public async Task Campaign_Lines_AreOfAllFourFiles()
    {
        var page = await GetAsync<CampaignLines>("/campaigns/1/lines");

        page.Items.Select(line => (line.Dataset, line.LoadId, line.File, line.Line)).ShouldBe(
        [
            ("campaign_desc", 4, "campaign_desc.csv", 2),
            ("campaign_table", 5, "campaign_table.csv", 2),
            ("coupon", 6, "coupon.csv", 2), ("coupon", 6, "coupon.csv", 3), ("coupon", 6, "coupon.csv", 4),
            ("coupon_redempt", 7, "coupon_redempt.csv", 2),
        ]);
        (page.Items[0].Description, page.Items[0].StartDay, page.Items[0].EndDay).ShouldBe(("TypeA", 220, 240));
        (page.Items[4].Coupon, page.Items[4].Product, page.Items[5].Household, page.Items[5].Day).ShouldBe((51111133333, 13, 1, 230));

        var coupons = await GetAsync<CampaignLines>("/campaigns/1/lines?dataset=coupon&limit=2");
        (coupons.Lines, coupons.Items.Count).ShouldBe((3, 2));
        (await GetAsync<CampaignLines>($"/campaigns/1/lines?dataset=coupon&limit=2&after={coupons.Next}")).Items.ShouldHaveSingleItem().Line.ShouldBe(4);
        (await journey.Client.ProblemAsync("/campaigns/1/lines?dataset=product", HttpStatusCode.BadRequest)).Text("detail").ShouldNotBeNull().ShouldContain("campaign_desc");
    }

    [Fact]
    public async Task Pages_Followed_HaveEveryLineOnce()
    {
        var whole = (await GetAsync<TransactionLines>("/households/1/lines")).Items;
        List<TransactionLine> paged = [];
        string? next = null;
        do
        {
            var page = await GetAsync<TransactionLines>($"/households/1/lines?limit=4{(next is null ? "" : $"&after={next}")}");
            page.Lines.ShouldBe(9);
            page.Items.Count.ShouldBeLessThanOrEqualTo(4);
            paged.AddRange(page.Items);
            next = page.Next;
        }
        while (next is not null);

        paged.ShouldBe(whole);
        paged.Count.ShouldBe(9);
    }

    [Fact]
    public async Task Csv_OfAPage_HasItsLinesAndLeadsToTheNext()
    {
        using var response = await journey.Client.SendAsync(HttpMethod.Get, "/households/1/lines?day=200&limit=2", ("Accept", "text/csv"));
        var text = (await response.Content.ReadAsStringAsync(Cancelled)).Split('\n');

        response.Content.Headers.ContentType?.MediaType.ShouldBe("text/csv");
        text[0].ShouldBe(
            "load_id,mends_load_id,file,line,untraced,household_key,basket_id,day,date,product_id,section,quantity,sales_value,store_id,retail_disc,trans_time,week_no,coupon_disc,coupon_match_disc,counts,left_out_by");
        text[1].ShouldBe("1,,transaction_data.csv,2,,1,27000000001,200,2004-10-08,11,dairy,1,2.50,300,-0.50,930,29,0.00,0.00,true,");
        text.Length.ShouldBe(4);

        var link = response.Headers.GetValues("Link").ShouldHaveSingleItem();
        link.ShouldStartWith("</households/1/lines?day=200&limit=2&after=");
        link.ShouldEndWith("; rel=\"next\"");
        using var second = await journey.Client.SendAsync(HttpMethod.Get, link[1..link.IndexOf('>', StringComparison.Ordinal)], ("Accept", "text/csv"));
        (await second.Content.ReadAsStringAsync(Cancelled)).Split('\n')[1].ShouldStartWith("11,1,transaction_data.csv,10,");
    }

    [Theory]
    [InlineData("/households/1/lines?day=0", "day")]
    [InlineData("/households/1/lines?limit=10001", "limit")]
    [InlineData("/households/1/lines?after=nonsense!", "after")]
    [InlineData("/households/1/lines?household=2", "household")]
    [InlineData("/stores/301/lines?store=300", "store")]
    [InlineData("/products/12/lines?basket=many", "basket")]
    [InlineData("/households/1/lines?after=OXwy", "version")] // 9|2: the second line of version 9.
    public async Task Lines_OfParametersThatDoNotFit_AreRefusedByName(string address, string name)
    {
        var problem = await journey.Client.ProblemAsync(address, HttpStatusCode.BadRequest);

        problem.Text("detail").ShouldNotBeNull().ShouldContain(name);
    }

    /// <summary>With filters or without: what has no line at all is not there. Product 99 has a line, although product.csv does not have it.</summary>
    [Theory]
    [InlineData("/households/4711/lines", "unknown-household")]
    [InlineData("/households/4711/lines?day=200&store=300", "unknown-household")]
    [InlineData("/households/4711/baskets", "unknown-household")]
    [InlineData("/households/4711/baskets?from=200", "unknown-household")]
    [InlineData("/stores/4711/lines", "unknown-store")]
    [InlineData("/stores/4711/lines?household=1", "unknown-store")]
    [InlineData("/products/4711/lines", "unknown-product")]
    [InlineData("/products/4711/lines?basket=27000000001", "unknown-product")]
    [InlineData("/campaigns/4711/lines", "unknown-campaign")]
    [InlineData("/campaigns/4711/lines?dataset=coupon&format=csv", "unknown-campaign")]
    public async Task Lines_OfAThingThatIsNotThere_Are404(string address, string type)
    {
        var problem = await journey.Client.ProblemAsync(address, HttpStatusCode.NotFound);

        problem.Text("type").ShouldBe($"urn:dunnhumby:problem:{type}");
        problem.Text("title").ShouldBe($"There is no {type["unknown-".Length..]} 4711.");
    }

    [Theory]
    [InlineData("/households/1/lines?day=201")]
    [InlineData("/households/3/lines?store=4711")]
    [InlineData("/households/1/baskets?from=400")]
    [InlineData("/stores/301/lines?household=4711")]
    [InlineData("/products/99/lines?day=201")]
    public async Task Lines_OfWhichFiltersKeepNone_AreNone(string address)
    {
        var page = await journey.Client.JsonAsync(address);

        page["items"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        page.Text("lines").ShouldBe("0");
        page.Text("version").ShouldBe("1");
    }

    private async Task<T> GetAsync<T>(string address)
        where T : class
    {
        using var response = await journey.Client.GetAsync(new Uri(address, UriKind.Relative), Cancelled);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancelled));
        return (await response.Content.ReadFromJsonAsync<T>(Cancelled)).ShouldNotBeNull();
    }
}

/// <summary>What becomes of lines when loads go, and without the service that reads them.</summary>
public sealed class LineVersionTests(TracedJourney journey) : IClassFixture<TracedJourney>
{
    [Fact]
    public async Task Version_AfterAWithdrawal_HasItsOwnLinesAsLongAsTheirFilesAreThere()
    {
        await journey.WithdrawAsync(load: 9, version: 2);
        await Dunnhumby.TestSupport.Eventually.TrueAsync(
            async () => (int?)(await journey.Client.JsonAsync("/version"))["version"] == 2, what: "the API serves version 2");

        // What load 9 had replaced counts again; line 4 of load 1 has it.
        (await LineAsync("/households/1/lines?day=230")).ShouldBe((1, 4, "3.25"));
        (await LineAsync("/households/1/lines?day=230&version=1")).ShouldBe((9, 2, "4.25"));

        await journey.SweepAsync(load: 9);

        (await LineAsync("/households/1/lines?day=230")).ShouldBe((1, 4, "3.25"));
        var gone = await journey.Client.ProblemAsync("/households/1/lines?day=230&version=1", HttpStatusCode.Gone);
        gone.Text("type").ShouldBe("urn:dunnhumby:problem:lines-removed");
        gone.Text("detail").ShouldNotBeNull().ShouldContain("load 9");
    }

    [Fact]
    public async Task Lines_WithoutTheTransformService_AreUnavailableAndFiguresAreNot()
    {
        await using var alone = new InsightsHost(journey.Connection);

        (await alone.Client.ProblemAsync("/households/1/lines", HttpStatusCode.ServiceUnavailable)).Text("type").ShouldBe("urn:dunnhumby:problem:lines-unavailable");
        await alone.Client.JsonAsync("/households/1");
    }

    [Fact]
    public async Task Lines_ThatTakeTooLong_AreStoppedAndSayWhatToDo()
    {
        await using var hasty = new TransformedJourney.WorkerHost(journey.Connection, journey.Lake, ("Lines:Timeout", "00:00:00.001"), ("Transform:Schedule", ""));
        hasty.UseKestrel(port: 0);
        hasty.StartServer();
        await using var host = new InsightsHost(journey.Connection, transform: hasty.ClientOptions.BaseAddress);

        // The first ones come while files are being copied.
        (await host.Client.ProblemAsync("/households/1/lines", HttpStatusCode.ServiceUnavailable)).Text("type").ShouldBe("urn:dunnhumby:problem:lines-being-copied");
        await Dunnhumby.TestSupport.Eventually.TrueAsync(
            async () =>
            {
                using var answer = await host.Client.SendAsync(HttpMethod.Get, "/households/1/lines");
                return answer.StatusCode is HttpStatusCode.GatewayTimeout;
            });

        var problem = await host.Client.ProblemAsync("/households/1/lines", HttpStatusCode.GatewayTimeout);

        problem.Text("type").ShouldBe("urn:dunnhumby:problem:lines-too-slow");
        problem.Text("detail").ShouldNotBeNull().ShouldContain("one day");
    }

    private async Task<(int Load, int Line, string Sales)> LineAsync(string address)
    {
        var line = (await journey.Client.JsonAsync(address))["items"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        return ((int)line["loadId"].ShouldNotBeNull(), (int)line["line"].ShouldNotBeNull(), line.Text("sales").ShouldNotBeNull());
    }
}
