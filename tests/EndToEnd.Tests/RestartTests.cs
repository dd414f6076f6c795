using Dunnhumby.EndToEnd.Tests.Stack;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>The stack ends in the gentle way and in the hard way, and comes back with what it had.</summary>
public sealed class RestartTests
{
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Stack_InterruptedKilledAndStartedAgain_GivesTheSameAnswersAndLeavesNothing()
    {
        using var data = new DataDirectory();
        Answers before;
        await using (var stack = await StackProcess.StartAsync(data.Path))
        {
            using var client = new StackClient(stack);
            var loads = await client.UploadAllAsync(SmallJourney.Files);
            await client.VersionOfAsync(loads.Select(load => load.Id), PublishLimit);
            before = await AnswersOf(client);

            // 15.75 of household 1 and 6.25 of household 2; see SmallJourney.
            before.Households.Skip(1).Select(row => (row[0], row[^3])).ShouldBe([("1", "15.75"), ("2", "6.25")]);
            await stack.InterruptAsync();
        }

        data.Processes().ShouldBeEmpty("Ctrl-C ends everything");

        await using (var stack = await StackProcess.StartAsync(data.Path))
        {
            using var client = new StackClient(stack);
            (await AnswersOf(client)).ShouldBeEquivalentTo(before);
            await stack.KillAsync();
        }

        await Eventually.GetAsync(
            () => Task.FromResult(string.Join(Environment.NewLine, data.Processes())), left => left.Length == 0, CleanUpLimit, "no process is left after SIGKILL");

        await using (var stack = await StackProcess.StartAsync(data.Path))
        {
            using var client = new StackClient(stack);
            (await AnswersOf(client)).ShouldBeEquivalentTo(before);

            var again = await client.UploadAllAsync(SmallJourney.Files);
            again.Select(load => load.Id).Order().ShouldBe(before.Loads);
            (await AnswersOf(client)).ShouldBeEquivalentTo(before);
        }
    }

    private static async Task<Answers> AnswersOf(StackClient client)
    {
        var version = await client.VersionAsync();
        return new Answers(version.Version, [.. version.Loads.Select(load => load.Id).Order()], await client.TableAsync("household_summary"));
    }

    private sealed record Answers(int Version, IReadOnlyList<long> Loads, IReadOnlyList<string[]> Households);
}
