using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.EndToEnd.Tests.Journeys;
using Dunnhumby.EndToEnd.Tests.Stacks;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>The stack ends in gentle and in hard ways, leaves nothing behind, and comes back with what it had.</summary>
public sealed class RestartTests
{
    /// <summary>The engine that Aspire starts notices that the AppHost has gone, and stops everything one after the other.</summary>
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Stack_InterruptedKilledAndTerminated_LeavesNothingAndGivesTheSameAnswers()
    {
        using var data = new DataDirectory();
        Answers before;
        await using (var stack = await StackProcess.StartAsync(data.Path))
        {
            using var client = new StackClient(stack);
            var loads = await client.UploadAllAsync(SmallJourney.Files);
            await client.WholeVersionOfAsync(loads.Select(load => load.Id), PublishLimit);
            before = await AnswersOf(client);

            // 15.75 of household 1 and 6.25 of household 2; see SmallJourney.
            before.Sales.ShouldBe([("1", "15.75"), ("2", "6.25")]);
            data.Processes().Count.ShouldBeGreaterThan(10, "what is left behind would be found");
            await stack.InterruptAsync();
        }

        await NothingIsLeftAsync(data, "Ctrl-C");

        await using (var stack = await StackProcess.RunAsync(data.Path))
        {
            using var client = new StackClient(stack);
            (await AnswersOf(client)).ShouldBeEquivalentTo(before);
            await stack.KillAsync();
        }

        await NothingIsLeftAsync(data, "kill -9 of dotnet run");

        await using (var stack = await StackProcess.StartAsync(data.Path))
        {
            using var client = new StackClient(stack);
            (await AnswersOf(client)).ShouldBeEquivalentTo(before);

            var again = await client.UploadAllAsync(SmallJourney.Files);
            again.Select(load => load.Id).Order().ShouldBe(before.Loads);
            (await AnswersOf(client)).ShouldBeEquivalentTo(before);
            await stack.KillAsync();
        }

        await NothingIsLeftAsync(data, "kill -9 of the AppHost");
        await TerminatedInAnUploadAsync(data, before);
    }

    /// <summary>Either the load was complete when everything had ended, or the same file can be sent again. Its rows are there once.</summary>
    private static async Task TerminatedInAnUploadAsync(DataDirectory data, Answers before)
    {
        // Rows are written to the lake in groups of 131,072: half of these are more.
        var lines = new HeldUpload(households: 40, linesOfEach: 8_000);
        await using (var stack = await StackProcess.StartAsync(data.Path))
        {
            using var client = new StackClient(stack);
            (await AnswersOf(client)).ShouldBeEquivalentTo(before);
            var upload = client.TryUploadAsync(DatasetNames.Transactions, lines.Held());
            await lines.HalfIsSent.WaitAsync(PublishLimit, TestContext.Current.CancellationToken);
            await Eventually.GetAsync(() => Task.FromResult(data.StagedFiles()), staged => staged.Count > 0, PublishLimit, what: "rows are on their way into the lake");
            await stack.TerminateAsync();
            lines.SendTheRest();
            await upload;
        }

        await NothingIsLeftAsync(data, "SIGTERM in an upload");

        await using (var stack = await StackProcess.StartAsync(data.Path))
        {
            using var client = new StackClient(stack);
            var load = await client.UploadAsync(DatasetNames.Transactions, lines.Whole());
            load.Loaded.ShouldBe(lines.Rows);
            data.StagedFiles().ShouldBeEmpty();
            (await client.LoadsAsync()).Where(other => other.Loaded == lines.Rows).Select(other => (other.Id, other.State)).ShouldBe([(load.Id, LoadStates.Completed)]);

            await client.VersionOfAsync([.. before.Loads, load.Id], PublishLimit);
            (await AnswersOf(client)).Sales.ShouldBe([.. before.Sales, .. lines.Sales], ignoreOrder: true);
        }
    }

    private static async Task NothingIsLeftAsync(DataDirectory data, string after) => await Eventually.GetAsync(
        () => Task.FromResult(data.Processes()), left => left.Count == 0, CleanUpLimit, left => string.Join(Environment.NewLine, left), $"nothing is left after {after}");

    private static async Task<Answers> AnswersOf(StackClient client)
    {
        var version = await client.VersionAsync();
        var households = await client.TableAsync("household_summary");
        var (key, sales) = (Array.IndexOf(households[0], "household_key"), Array.IndexOf(households[0], "total_sales"));
        return new Answers(
            version.Version, [.. version.Loads.Select(load => load.Id).Order()], households, [.. households.Skip(1).Select(row => (row[key], row[sales]))]);
    }

    private sealed record Answers(int Version, IReadOnlyList<long> Loads, IReadOnlyList<string[]> Households, IReadOnlyList<(string Household, string Sales)> Sales);
}
