using System.Net;
using System.Net.Http.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Reading;

/// <summary>Where rows and cents went, and what a dry run says of it. Sums are added by hand.</summary>
public sealed class ReconciliationTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    /// <summary>Amounts: 2.50 and 10.00 are good; 5.25 and −1.00 are readable in rows set aside; a word and a short row are not.</summary>
    private static string Faulty() => Csv.File(
        Csv.TransactionHeader,
        Csv.Transaction("SALES_VALUE", "2.5"),
        Csv.Transaction("DAY", "0").Replace(",2.5,", ",5.25,", StringComparison.Ordinal),
        Csv.Transaction("SALES_VALUE", "-1"),
        Csv.Transaction("SALES_VALUE", "ten"),
        "1,2,3",
        Csv.Transaction("SALES_VALUE", " 10.00 "));

    [Fact]
    public async Task Load_WithQuarantinedRows_AddsUpToTheCent()
    {
        var load = await host.LoadAsync("transaction_data", Faulty());

        (load.Read, load.Loaded, load.Quarantined, load.Discarded).ShouldBe((6, 2, 4, 0));
        load.Sales.ShouldBe(new SalesReconciliation(16.75m, 12.50m, 4.25m, 0m, 0m, 2));
        load.AddsUp.ShouldBeTrue();
        using var client = host.Client();
        (await client.GetFromJsonAsync<Load>($"/loads/{load.Id}", TestContext.Current.CancellationToken)).ShouldBe(load);
    }

    [Fact]
    public async Task Load_OverItsBudget_AccountsForTheGoodRowsAsWell()
    {
        using var response = await host.UploadAsync("transaction_data", Faulty(), "?maxQuarantined=3");
        var id = (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "over-error-budget")).GetProperty("loadId").GetInt64();
        using var client = host.Client();
        var load = await client.GetFromJsonAsync<Load>($"/loads/{id}", TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("No load came.");

        (load.State, load.Read, load.Loaded, load.Quarantined, load.Discarded).ShouldBe((LoadStates.Failed, 6, 0, 4, 2));
        load.Sales.ShouldBe(new SalesReconciliation(16.75m, 0m, 4.25m, 0m, 12.50m, 2));
        load.AddsUp.ShouldBeTrue();
        (await host.QuarantineAsync(id)).Items.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Load_OfAnotherTable_HasNoSales()
    {
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()));

        load.Sales.ShouldBeNull();
        load.AddsUp.ShouldBeTrue();
    }

    [Fact]
    public async Task DryRun_SaysWhatWouldHappenAndLoadsNothing()
    {
        var csv = Faulty();
        await using var catalog = host.Catalog();
        var before = await catalog.Loads.CountAsync(TestContext.Current.CancellationToken);
        var files = host.Files();
        var check = await CheckAsync(csv, "?dryRun=true");

        check.Outcome.ShouldBe(UploadOutcomes.Created);
        (check.Load.Id, check.Load.Read, check.Load.Loaded, check.Load.Quarantined).ShouldBe((0, 6, 2, 4));
        check.Load.Sales.ShouldBe(new SalesReconciliation(16.75m, 12.50m, 4.25m, 0m, 0m, 2));
        check.QuarantinedByReason.ShouldBe([new("out_of_range", 2), new("not_a_number", 1), new("short_row", 1)]);
        check.FirstRows.Select(row => row.Line).ShouldBe([3, 4, 5, 6]);
        (await catalog.Loads.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(before);
        host.Files().ShouldBe(files, ignoreOrder: true);

        using var over = await host.UploadAsync("transaction_data", csv, "?dryRun=true&maxQuarantined=3");
        (await over.ProblemAsync(HttpStatusCode.UnprocessableEntity, "over-error-budget")).GetProperty("check").GetProperty("outcome").GetString().ShouldBe(UploadOutcomes.OverBudget);
        using var refused = await host.UploadAsync("transaction_data", "PRODUCT_ID\n1\n", "?dryRun=true");
        await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "missing-column");

        var load = await host.LoadAsync("transaction_data", csv);
        var known = await CheckAsync(csv, "?dryRun=true");
        (known.Outcome, known.Load.Id).ShouldBe((UploadOutcomes.Known, load.Id));
    }

    private async Task<UploadCheck> CheckAsync(string csv, string query)
    {
        using var response = await host.UploadAsync("transaction_data", csv, query);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await response.Content.ReadFromJsonAsync<UploadCheck>(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("No check came.");
    }
}
