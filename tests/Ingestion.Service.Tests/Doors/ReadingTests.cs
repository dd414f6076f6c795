using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Ingestion.Service.Tests.Hosting;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

/// <summary>What the service tells about loads, and who may ask.</summary>
public sealed class ReadingTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loads_PageByPage_ComeNewestFirstAndOnce()
    {
        List<long> made = [];
        for (var load = 0; load < 5; load++)
        {
            made.Add((await host.LoadAsync("campaign_table", Csv.File("DESCRIPTION,household_key,CAMPAIGN", $"TypeA,{Csv.Unique()},1"))).Id);
        }

        using var client = host.Client();
        List<long> seen = [];
        string? after = null;
        do
        {
            var page = (await client.GetFromJsonAsync<Page<Load>>($"/loads?dataset=campaign_table&limit=2{(after is null ? "" : "&after=" + after)}", Cancelled)).ShouldNotBeNull();
            page.Items.Count.ShouldBeInRange(1, 2);
            seen.AddRange(page.Items.Select(load => load.Id));
            after = page.Next;
        }
        while (after is not null);

        seen.ShouldBe(Enumerable.Reverse(made));
    }

    [Theory]
    [InlineData("/loads?after=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("/loads?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/loads?limit=201", HttpStatusCode.BadRequest)]
    [InlineData("/loads?dataset=nothing", HttpStatusCode.NotFound)]
    [InlineData("/loads/999999", HttpStatusCode.NotFound)]
    [InlineData("/loads/999999/quarantine", HttpStatusCode.NotFound)]
    public async Task Get_WhatIsNotThere_IsAProblem(string address, HttpStatusCode status)
    {
        using var client = host.Client();
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative), Cancelled);

        await response.ProblemAsync(status);
    }

    [Fact]
    public async Task Load_ById_IsTheLoadThatWasAnswered()
    {
        var load = await host.LoadAsync("coupon", Csv.File("COUPON_UPC,PRODUCT_ID,CAMPAIGN", $"{Csv.Unique()},1,1"));
        using var client = host.Client();

        (await client.GetFromJsonAsync<Load>($"/loads/{load.Id}", Cancelled)).ShouldBe(load);
    }

    [Fact]
    public async Task Quarantine_AsCsv_IsHarmlessInASpreadsheet()
    {
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, "=cmd(),1,a,National,b,c,d"));
        using var client = host.Client();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/csv");
        using var response = await client.GetAsync(new Uri($"/loads/{load.Id}/quarantine", UriKind.Relative), Cancelled);

        response.Content.Headers.ContentType?.MediaType.ShouldBe("text/csv");
        var lines = (await response.Content.ReadAsStringAsync(Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("line,byte_offset,column,reason,message,raw_text");
        lines.Length.ShouldBe(2);
        lines[1].ShouldStartWith("2,");
        lines[1].ShouldEndWith(",\"'=cmd(),1,a,National,b,c,d\"");
    }

    [Fact]
    public async Task Datasets_NameColumnsRulesAndWhatIsLoaded()
    {
        await host.LoadAsync("hh_demographic", Csv.File("AGE_DESC,MARITAL_STATUS_CODE,INCOME_DESC,HOMEOWNER_DESC,HH_COMP_DESC,HOUSEHOLD_SIZE_DESC,KID_CATEGORY_DESC,household_key", $"65+,A,x,x,x,2,x,{Csv.Unique()}"));
        using var client = host.Client();
        var datasets = (await client.GetFromJsonAsync<List<Dataset>>("/datasets", Cancelled)).ShouldNotBeNull();

        datasets.Select(dataset => dataset.Name).ShouldBe(DatasetNames.All);
        datasets[DatasetNames.All.ToList().IndexOf(DatasetNames.Demographics)].LoadedRows.ShouldBe(1);
        var columns = datasets[0].Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        columns["DAY"].Rule.ShouldBe("1 to 711");
        columns["SALES_VALUE"].ShouldBe(new DatasetColumn("SALES_VALUE", "money", Nullable: false, "0 or more"));
        columns["COUPON_DISC"].Rule.ShouldBe("0 or less");
    }

    [Fact]
    public async Task Ticket_UploadsAndSeesItsLoad_AndNothingElse()
    {
        using var owner = host.Client();
        using var issued = await owner.PostAsync(new Uri("/tickets", UriKind.Relative), content: null, Cancelled);
        var ticket = (await issued.Content.ReadFromJsonAsync<UploadTicket>(Cancelled)).ShouldNotBeNull();
        ticket.ExpiresAt.ShouldBe(DateTimeOffset.UtcNow.AddMinutes(10), TimeSpan.FromMinutes(1));

        using var browser = host.Client(key: null);
        browser.DefaultRequestHeaders.Authorization = new("Bearer", ticket.Ticket);
        using var content = new StringContent(Csv.File(Csv.CampaignHeader, Csv.Campaign()), Encoding.UTF8, "text/csv");
        using var uploaded = await browser.PostAsync(new Uri("/loads/campaign_desc", UriKind.Relative), content, Cancelled);
        uploaded.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await browser.GetAsync(uploaded.Headers.Location, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync(new Uri("/loads", UriKind.Relative), Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.PostAsync(new Uri("/tickets", UriKind.Relative), content: null, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        // One letter changed in the signature.
        var forged = ticket.Ticket[..^2] + (ticket.Ticket[^2] == 'A' ? 'B' : 'A') + ticket.Ticket[^1];
        browser.DefaultRequestHeaders.Authorization = new("Bearer", forged);
        (await browser.GetAsync(uploaded.Headers.Location, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Preflight_FromTheDashboard_IsAllowedWithoutKey()
    {
        using var client = host.Client(key: null);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/loads/product");
        request.Headers.Add("Origin", IngestionHost.Origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,content-digest,idempotency-key");
        using var response = await client.SendAsync(request, Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([IngestionHost.Origin]);
        response.Headers.Contains("Server").ShouldBeFalse();
    }
}
