using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>The broker goes away while files come in.</summary>
public sealed class BrokerTests(PostgresFixture postgres)
{
    private const string Dataset = "campaign_desc";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Broker_KilledWithUnconfirmedMessagesAndAway_DelaysAnnouncementsOnly()
    {
        await using var server = await RabbitMqServer.StartAsync(TestContext.Current.CancellationToken);
        await using var rig = await FaultRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), server.AmqpUri);
        await rig.StartAsync();
        var files = Enumerable.Range(0, 30).Select(_ => Csv.File(Csv.CampaignHeader, Csv.Campaign())).ToList();

        // Killed while the first ones are sent: some are confirmed, some are not.
        var uploads = Task.WhenAll(files.Take(15).Select(file => rig.TryUploadAsync(Dataset, file)));
        await Eventually.TrueAsync(() => rig.Announcements.Count > 0);
        await server.KillAsync();
        (await uploads).ShouldAllBe(isLoaded => isLoaded);

        // Away: files are loaded all the same, and the dispatcher comes back from each attempt.
        foreach (var file in files.Skip(15))
        {
            (await rig.TryUploadAsync(Dataset, file)).ShouldBeTrue(rig.Service.Output);
        }

        var attempts = await AttemptsAsync(rig);
        var started = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(async () => await AttemptsAsync(rig) > attempts, otherwise: () => rig.Service.Output);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Longest);

        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        await rig.ShouldHoldAsync(Dataset, files);
        rig.Service.IsRunning.ShouldBeTrue(rig.Service.Output);
    }

    private static async Task<int> AttemptsAsync(FaultRig rig) => (await rig.OutboxAsync()).Sum(row => row.Attempts);
}
