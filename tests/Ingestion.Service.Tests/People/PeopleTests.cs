using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.SignIn.Provider;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Ingestion.Service.Tests.People;

/// <summary>What people with access tokens may do here, and that it is recorded who did it.</summary>
public sealed class PeopleTests(PostgresFixture postgres, RabbitMqFixture broker) : IAsyncLifetime
{
    private const string Leo = "Leo Loader <7a2c-loader>";
    private const string Ada = "Ada Admin <9b3d-admin>";

    private readonly IngestionHost _host = new(postgres, broker);
    private PeopleProvider _provider = null!; // Set before each test.

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await PeopleProvider.StartAsync(new Uri("http://localhost:5100"));
        _host.Settings["SignIn:Authority"] = _provider.Address.ToString();
        await _host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task LoadMendAndWithdraw_ByPeople_RecordWhoDidEach()
    {
        using var leo = Client(Person.Loader);
        using var ada = Client(Person.Admin);
        // Line 1 is the header, 2 to 101 are good; one bad row of 101 is within the error budget.
        var uploaded = await LoadedAsync(await PostAsync(leo, "/loads/transaction_data", [Csv.TransactionHeader, .. Enumerable.Range(0, 100).Select(_ => Csv.Transaction()), Csv.Transaction("DAY", "x")]));
        uploaded.LoadedBy.ShouldBe(Leo);

        using var mended = await ada.PostAsJsonAsync($"/loads/{uploaded.Id}/replays", new MendRequest([new RowEdit(RowEditKinds.Set, Lines: [102], Field: "DAY", To: "200")]), Cancelled);
        mended.StatusCode.ShouldBe(HttpStatusCode.Created, await mended.Content.ReadAsStringAsync(Cancelled));
        var replay = (await mended.Content.ReadFromJsonAsync<Replay>(Cancelled)).ShouldNotBeNull();
        replay.By.ShouldBe(Ada);
        replay.Load.LoadedBy.ShouldBe(Ada);

        using var gone = await ada.DeleteAsync(new Uri($"/loads/{uploaded.Id}", UriKind.Relative), Cancelled);
        var withdrawn = await gone.LoadAsync();
        (withdrawn.LoadedBy, withdrawn.WithdrawnBy).ShouldBe((Leo, Ada));

        var later = (await leo.GetFromJsonAsync<Load>($"/loads/{uploaded.Id}", Cancelled)).ShouldNotBeNull();
        (later.LoadedBy, later.WithdrawnBy).ShouldBe((Leo, Ada));
    }

    [Fact]
    public async Task Ticket_OfAPerson_CarriesThePersonAndSeesItsOwnLoadsOnly()
    {
        using var leo = Client(Person.Loader);
        using var ada = Client(Person.Admin);
        using var browser = await BrowserAsync(leo);
        using var other = await BrowserAsync(ada);

        var load = await LoadedAsync(await PostAsync(browser, "/loads/campaign_desc", [Csv.CampaignHeader, Csv.Campaign()]));

        load.LoadedBy.ShouldBe(Leo);
        (await StatusAsync(browser, $"/loads/{load.Id}")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(other, $"/loads/{load.Id}")).ShouldBe(HttpStatusCode.NotFound);
        // A ticket uploads, and nothing else.
        (await StatusAsync(browser, "/loads")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task BatchAndResumedUpload_ByAPersonsTicket_RecordThePerson()
    {
        using var leo = Client(Person.Loader);
        using var browser = await BrowserAsync(leo);
        using var archive = new ByteArrayContent(Zip.Of(("campaign_desc.csv", Csv.File(Csv.CampaignHeader, Csv.Campaign()))));
        using var sent = await browser.PostAsync(new Uri("/loads", UriKind.Relative), archive, Cancelled);
        var batch = (await sent.Content.ReadFromJsonAsync<Batch>(Cancelled)).ShouldNotBeNull();
        var file = Encoding.UTF8.GetBytes(Csv.File(Csv.CampaignHeader, Csv.Campaign()));
        using var tus = new TusClient(await BrowserAsync(leo));
        var address = await tus.CreateAsync(file.Length, "campaign_desc.csv");
        using var patched = await tus.PatchAsync(address, 0, file);

        var resumed = (await tus.EndAsync(address)).Loads.ShouldHaveSingleItem().Load;

        batch.SentBy.ShouldBe(Leo);
        batch.Files[0].Load.ShouldNotBeNull().LoadedBy.ShouldBe(Leo);
        (await leo.GetFromJsonAsync<Batch>($"/batches/{batch.Id}", Cancelled)).ShouldNotBeNull().SentBy.ShouldBe(Leo);
        resumed.LoadedBy.ShouldBe(Leo);
    }

    [Fact]
    public async Task Upload_ByAKeyOrItsTicket_RecordsScopeAndFingerprintAsBefore()
    {
        using var key = _host.Client();
        using var browser = await BrowserAsync(key);

        var direct = await LoadedAsync(await PostAsync(key, "/loads/campaign_desc", [Csv.CampaignHeader, Csv.Campaign()]));
        var byTicket = await LoadedAsync(await PostAsync(browser, "/loads/campaign_desc", [Csv.CampaignHeader, Csv.Campaign()]));

        direct.LoadedBy.ShouldNotBeNull().ShouldMatch("^ingest:[0-9a-f]{16}$");
        byTicket.LoadedBy.ShouldBe($"upload:{direct.LoadedBy["ingest:".Length..]}");
    }

    /// <summary>What the controls do that a reader does not see, asked for without them.</summary>
    [Theory]
    [InlineData("POST", "/loads/campaign_desc")]
    [InlineData("POST", "/loads")]
    [InlineData("POST", "/uploads")]
    [InlineData("POST", "/tickets")]
    [InlineData("DELETE", "/loads/1")]
    [InlineData("POST", "/loads/1/replays")]
    [InlineData("POST", "/loads/1/quarantine/check")]
    [InlineData("GET", "/loads/1/quarantine")]
    public async Task Request_ByAReader_IsForbidden(string method, string address)
    {
        using var rita = Client(Person.Reader);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (address.Contains("/1/", StringComparison.Ordinal) && method is "POST")
        {
            request.Content = JsonContent.Create(new MendRequest([new RowEdit(RowEditKinds.Drop, Lines: [2])]));
        }

        using var answer = await rita.SendAsync(request, Cancelled);

        var body = await answer.Content.ReadAsStringAsync(Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, body);
        body.ShouldContain("None of your roles allows this");
    }

    [Fact]
    public async Task Ticket_OfAPerson_EndsWhereNobodySignsInAnyMore()
    {
        using var leo = Client(Person.Loader);
        using var browser = await BrowserAsync(leo);
        await using var later = new IngestionHost(postgres, broker);
        await later.InitializeAsync();
        using var there = later.Client(key: null);
        there.DefaultRequestHeaders.Authorization = browser.DefaultRequestHeaders.Authorization;

        using var refused = await PostAsync(there, "/loads/campaign_desc", [Csv.CampaignHeader, Csv.Campaign()]);

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<Load> LoadedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return await response.LoadAsync();
        }
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string address, string[] lines)
    {
        using var content = new StringContent(Csv.File(lines), Encoding.UTF8, "text/csv");
        return await client.PostAsync(new Uri(address, UriKind.Relative), content, Cancelled);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative), Cancelled);
        return response.StatusCode;
    }

    private HttpClient Client(Person person)
    {
        var client = _host.Client(key: null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", _provider.TokenOf(person));
        return client;
    }

    private async Task<HttpClient> BrowserAsync(HttpClient issuer)
    {
        using var issued = await issuer.PostAsync(new Uri("/tickets", UriKind.Relative), content: null, Cancelled);
        var browser = _host.Client(key: null);
        browser.DefaultRequestHeaders.Authorization = new("Bearer", (await issued.Content.ReadFromJsonAsync<UploadTicket>(Cancelled)).ShouldNotBeNull().Ticket);
        return browser;
    }
}
