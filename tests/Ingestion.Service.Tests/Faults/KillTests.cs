using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>
/// The service's process is killed at named points and at random moments (<c>FAULT_ROUNDS</c>, 4 when it is not set, from <c>FAULT_SEED</c>); its clients send
/// again what got no answer.
/// </summary>
public sealed class KillTests(PostgresFixture postgres, RabbitMqFixture broker)
{
    private const int Killed = 137;
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("FAULT_ROUNDS"), out var rounds) ? rounds : 4;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("FAULT_SEED"), out var seed) ? seed : 8451;

    [Theory]
    [InlineData(FaultRig.Written)]
    [InlineData(FaultRig.Committing)]
    [InlineData(FaultRig.Committed)]
    [InlineData(FaultRig.Confirmed)]
    public async Task Service_KilledAtAPoint_HasTheFileOnceAfterwards(string point)
    {
        await using var rig = await FaultRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), broker.AmqpUri);
        var csv = File(2_000);
        await rig.StartAsync(point);
        await rig.TryUploadAsync("transaction_data", csv);
        (await rig.Service.ExitAsync()).ShouldBe(Killed, rig.Service.Output);

        await rig.StartAsync();
        (await rig.TryUploadAsync("transaction_data", csv)).ShouldBeTrue(rig.Service.Output);

        await rig.ShouldHoldAsync("transaction_data", [csv]);
        await rig.ShouldBeSweptAsync();
        if (string.Equals(point, FaultRig.Confirmed, StringComparison.Ordinal))
        {
            // Sent again, since nobody marked it: the inbox is what makes it one effect.
            var message = (await rig.OutboxAsync()).ShouldHaveSingleItem();
            rig.Announcements.Of([message.MessageId]).Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task Service_KilledAndTerminatedAtRandomMoments_HasEveryFileOnceAfterwards()
    {
        await using var rig = await FaultRig.CreateAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), broker.AmqpUri);
        var random = new Random(Seed);
        List<string> files = [];
        HashSet<string> done = new(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            files.AddRange(Enumerable.Range(0, 6).Select(_ => File(random.Next(1, 4_000))));
            await rig.StartAsync();
            var uploads = Task.WhenAll(files.Where(file => !done.Contains(file)).Select(async file => (file, isDone: await rig.TryUploadAsync("transaction_data", file))));
            await Task.WhenAny(uploads, Task.Delay(random.Next(0, 600), TestContext.Current.CancellationToken));
            if (round % 4 == 3)
            {
                (await rig.Service.TerminateAsync()).ShouldBe(0, rig.Service.Output);
            }
            else
            {
                await rig.Service.KillAsync();
            }

            done.UnionWith((await uploads).Where(upload => upload.isDone).Select(upload => upload.file));
        }

        // Whoever got an answer keeps what was answered; the others send again.
        await rig.StartAsync();
        foreach (var file in files.Where(file => !done.Contains(file)))
        {
            (await rig.TryUploadAsync("transaction_data", file)).ShouldBeTrue(rig.Service.Output);
        }

        await rig.ShouldHoldAsync("transaction_data", files);
        await rig.ShouldBeSweptAsync();
    }

    private static string File(int rows) => Csv.File([Csv.TransactionHeader, .. Enumerable.Range(0, rows).Select(_ => Csv.Transaction())]);
}
