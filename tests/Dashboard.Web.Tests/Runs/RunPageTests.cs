using Bunit;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.Dashboard.Web.Runs;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Runs;

public sealed class RunPageTests : PageContext
{
    private const long Megabyte = 1_000_000;

    [Fact]
    public void Run_WithSteps_ShowsWhatItMadeOfEachModel()
    {
        Transform.Answer("/runs/7", Ended() with
        {
            Steps =
            [
                new RunStep("screened_lines", RunStepKinds.Part, 0.25, 2, 3, ["product_sections"]) { Rows = 1_234, MemoryBytes = 64 * Megabyte },
                new RunStep("household_flags", RunStepKinds.None, 0.0001, 0, 0, []),
            ],
            PeakMemoryBytes = 64 * Megabyte,
        });

        var page = Render<RunPage>(parameters => parameters.Add(shown => shown.Id, "7"));

        Cells("screened_lines").ShouldBe(["screened_lines", "in parts", "product_sections", "1,234", "2", "3", "250 ms", "64.0 MB"]);
        Cells("household_flags").ShouldBe(["household_flags", "stays", "–", "–", "0", "0", "–", "–"]);
        page.Find("[data-testid=run-summary]").TextContent.ShouldBe("1 of 2 models in 250 ms. The engine held 64.0 MB at most between two models.");
        page.Find("[data-testid=run-7]").TextContent.ShouldContain("published");

        IEnumerable<string> Cells(string model) => page.WaitForElement($"[data-testid=step-{model}]").Children.Select(cell => cell.TextContent.Trim());
    }

    [Fact]
    public void Run_WithoutSteps_SaysThatNothingIsRecorded()
    {
        Transform.Answer("/runs/7", Ended() with { State = "failed", Version = null, Error = "It failed." });

        Render<RunPage>(parameters => parameters.Add(shown => shown.Id, "7")).WaitForElement("[data-testid=no-steps]");
    }

    [Fact]
    public void Run_ThatIsNoNumber_IsNotAskedFor()
    {
        Render<RunPage>(parameters => parameters.Add(shown => shown.Id, "seven")).WaitForElement("[data-testid=state-error]");

        Transform.Asked.ShouldBeEmpty();
    }

    private static Run Ended() => new(7, "published", "load 4", 1, Sample.Published, Sample.Published, Sample.Published.AddSeconds(1), 3, Error: null, TraceId: null);
}
