using System.Net.Http.Json;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.SampleData;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>
/// Generated panels with planted bad rows, of random seeds (<c>DEFECT_PANELS</c> of them, 1 when it is not set, from <c>DEFECT_SEED</c>): each upload finds exactly the
/// rows that the generator's book lists, for the reasons it lists.
/// </summary>
public sealed class PlantedDefectTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static readonly int Panels = int.TryParse(Environment.GetEnvironmentVariable("DEFECT_PANELS"), out var panels) ? panels : 1;
    private static readonly ulong FirstSeed = ulong.TryParse(Environment.GetEnvironmentVariable("DEFECT_SEED"), out var seed) ? seed : (ulong)Random.Shared.Next();

    [Fact]
    public async Task Upload_GeneratedFilesWithDefects_FindsExactlyThose()
    {
        for (var panel = 0; panel < Panels; panel++)
        {
            var seed = FirstSeed + (ulong)panel;
            var generator = JourneyGenerator.Create(new JourneyOptions { Scale = 0.002, Weeks = 12, Seed = seed, DefectRate = 0.01 });
            foreach (var dataset in DatasetNames.All)
            {
                using var csv = new MemoryStream();
                var written = await generator.WriteCsvAsync(dataset, csv, cancellationToken: TestContext.Current.CancellationToken);
                using var response = await host.UploadAsync(dataset, csv.ToArray(), "?maxQuarantined=100%25");
                var load = await response.LoadAsync();

                (load.Read, load.Loaded + load.Deduplicated, load.Quarantined).ShouldBe((written.Rows + written.Defects.Count, written.Rows, written.Defects.Count), $"{dataset}, seed {seed}");
                (await QuarantineAsync(load.Id)).Select(row => (row.Line, row.Reason, row.Column)).ShouldBe(written.Defects.Select(defect => (defect.Line, defect.Reason, defect.Column)), $"{dataset}, seed {seed}");
            }
        }
    }

    private async Task<List<QuarantinedRow>> QuarantineAsync(long id)
    {
        using var client = host.Client();
        List<QuarantinedRow> rows = [];
        string? after = "";
        while (after is not null)
        {
            var page = await client.GetFromJsonAsync<Page<QuarantinedRow>>($"/loads/{id}/quarantine?limit=200{(after.Length == 0 ? "" : "&after=" + after)}", TestContext.Current.CancellationToken);
            rows.AddRange(page.ShouldNotBeNull().Items);
            after = page.Next;
        }

        return rows;
    }
}
