using System.Runtime.Versioning;
using Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Ingestion.Service.Tests.Reading;

/// <summary>Other accounts of the machine see nothing of the lake, not even one that was made before with usual permissions.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FileModeTests(PostgresFixture postgres, RabbitMqFixture broker)
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [Fact]
    public async Task Lake_MadeOpenBefore_IsClosedAndItsFilesAre()
    {
        await using var host = new IngestionHost(postgres, broker);
        File.SetUnixFileMode(host.Lake, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | Others);
        await host.InitializeAsync();

        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()));
        using var tus = new TusClient(host.Client());
        await tus.CreateAsync(1_000, "campaign_desc.csv");

        load.Loaded.ShouldBe(1);
        (File.GetUnixFileMode(host.Lake) & Others).ShouldBe(UnixFileMode.None);
        (File.GetUnixFileMode(Path.Combine(host.Lake, "_staging")) & Others).ShouldBe(UnixFileMode.None);
        var files = host.Files();
        files.Length.ShouldBeGreaterThan(3, "a Parquet file and the three files of an upload");
        files.ShouldAllBe(file => (File.GetUnixFileMode(file) & Others) == UnixFileMode.None);
    }
}
