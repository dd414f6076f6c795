using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Loading;

/// <summary>Taking loads back. What that does to the tables is tested with the transform worker.</summary>
public sealed class WithdrawalTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Withdraw_CompletedLoad_KeepsItsHistoryAndAnnouncesItOnce()
    {
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign(), Csv.Campaign()));

        var first = await WithdrawAsync(load.Id);
        var again = await WithdrawAsync(load.Id);

        first.State.ShouldBe(LoadStates.Withdrawn);
        first.Loaded.ShouldBe(2);
        first.WithdrawnAt.ShouldNotBeNull().ShouldBeGreaterThan(load.CompletedAt);
        first.WithdrawnBy.ShouldNotBeNull().ShouldMatch("^ingest:[0-9a-f]{16}$");
        again.ShouldBe(first);
        using var client = host.Client();
        (await client.GetFromJsonAsync<Load>($"/loads/{load.Id}", Cancelled)).ShouldBe(first);
        var message = (await MessagesAsync(load.Id)).ShouldHaveSingleItem();
        (message.Dataset, message.Rows, message.WithdrawnAt).ShouldBe(("campaign_desc", 2, first.WithdrawnAt.Value));
        message.ReplayIds.ShouldBeEmpty();
        File.Exists(Directory.GetFiles(Path.Combine(host.Lake, "campaign_desc", $"load={load.Id}")).ShouldHaveSingleItem()).ShouldBeTrue();
    }

    [Fact]
    public async Task Withdraw_ManyTimesAtOnce_IsAnnouncedOnce()
    {
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WithdrawAsync(load.Id)));

        answers.Distinct().ShouldHaveSingleItem().State.ShouldBe(LoadStates.Withdrawn);
        (await MessagesAsync(load.Id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Upload_OfContentThatWasWithdrawn_IsANewLoad()
    {
        var file = Csv.File(Csv.CampaignHeader, Csv.Campaign());
        var first = await host.LoadAsync("campaign_desc", file);
        await WithdrawAsync(first.Id);

        using var response = await host.UploadAsync("campaign_desc", file);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var second = await response.LoadAsync();
        second.Id.ShouldBeGreaterThan(first.Id);
        (await host.LoadAsync("campaign_desc", file)).ShouldBe(second);
    }

    [Fact]
    public async Task Upload_WhileTheSameContentIsWithdrawn_IsLoadedOrKnownEachTime()
    {
        var file = Csv.File(Csv.CampaignHeader, Csv.Campaign());
        var statuses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LoadAndWithdrawAsync(file, times: 25)));

        statuses.SelectMany(seen => seen).Distinct().ShouldBeSubsetOf([HttpStatusCode.Created, HttpStatusCode.OK]);
        var last = await host.LoadAsync("campaign_desc", file);
        await using var catalog = host.Catalog();
        (await catalog.Loads.CountAsync(load => load.Sha256 == last.Sha256 && load.State == LoadStates.Completed, Cancelled)).ShouldBe(1);
    }

    [Fact]
    public async Task Withdraw_FailedLoad_IsAProblem()
    {
        using var refused = await host.UploadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, "TypeA,x,1,2", Csv.Campaign()), "?maxQuarantined=0");
        var failed = (await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "over-error-budget")).GetProperty("loadId").GetInt64();
        using var client = host.Client();
        using var response = await client.DeleteAsync(new Uri($"/loads/{failed}", UriKind.Relative), Cancelled);

        await response.ProblemAsync(HttpStatusCode.Conflict, "not-completed");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(IngestionHost.ReadKey, HttpStatusCode.Forbidden)]
    [InlineData(IngestionHost.IngestKey, HttpStatusCode.NotFound)]
    public async Task Withdraw_WithoutTheRightOrTheLoad_IsRefused(string? key, HttpStatusCode status)
    {
        using var client = host.Client(key);
        using var response = await client.DeleteAsync(new Uri("/loads/999999", UriKind.Relative), Cancelled);

        response.StatusCode.ShouldBe(status);
    }

    private async Task<List<HttpStatusCode>> LoadAndWithdrawAsync(string file, int times)
    {
        var statuses = new List<HttpStatusCode>();
        for (var time = 0; time < times; time++)
        {
            using var response = await host.UploadAsync("campaign_desc", file);
            statuses.Add(response.StatusCode);
            if (response.IsSuccessStatusCode)
            {
                await WithdrawAsync((await response.LoadAsync()).Id);
            }
        }

        return statuses;
    }

    private async Task<Load> WithdrawAsync(long id)
    {
        using var client = host.Client();
        using var response = await client.DeleteAsync(new Uri($"/loads/{id}", UriKind.Relative), Cancelled);
        return await response.LoadAsync();
    }

    private async Task<List<LoadWithdrawn>> MessagesAsync(long id)
    {
        await using var catalog = host.Catalog();
        var bodies = await catalog.Outbox.AsNoTracking().Where(row => row.Type == typeof(LoadWithdrawn).FullName).Select(row => row.Body).ToListAsync(Cancelled);
        return [.. bodies.Select(body => JsonSerializer.Deserialize<LoadWithdrawn>(body, JsonSerializerOptions.Web).ShouldNotBeNull()).Where(message => message.LoadId == id)];
    }
}
