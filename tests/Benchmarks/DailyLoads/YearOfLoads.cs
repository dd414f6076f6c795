using System.Globalization;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;

namespace Dunnhumby.Benchmarks.DailyLoads;

/// <summary>S4Y: a year of daily loads, each seen by readers before the next one comes: the last ones against the first ones.</summary>
internal sealed class YearOfLoads : IScenario
{
    private const int LastDay = 711;
    private const int Days = 365;
    private const int WarmUps = 3;
    private const int Compared = 10;
    private const double Bar = 1.2;

    public string Id => "S4Y";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        var load = LoadAverage.Read()[0];
        await workbench.DisposeAsync();
        var firstDay = LastDay - Days - WarmUps + 1;
        await using var stack = await FullStack.StartAsync(workbench.Journeys, scale, firstDay - 1, cancellationToken);
        List<double> values = [];
        for (var day = firstDay; day <= LastDay; day++)
        {
            var (_, seconds) = await DayUpload.UntilVisibleAsync(stack, workbench.Journeys, scale, day, cancellationToken);
            values.Add(seconds);
        }

        await Console.Out.WriteLineAsync();
        var first = values[WarmUps..(WarmUps + Compared)];
        // The last days of the panel lie behind the cleaning's last day and change less.
        var last = values[^(2 * Compared)..^Compared];
        return new ScenarioResult(
            Id,
            string.Create(CultureInfo.InvariantCulture, $"{Days} days, a load each: upload → visible in the API"),
            [
                new Measure("the first ten loads", Measure.Seconds, "as S4", "nothing", first),
                new Measure("ten of the last twenty", Measure.Seconds, "as S4, with the whole year in loads of a day", "the last ten, whose days the cleaning leaves out in part", last),
            ],
            [Verdict.AtMost("median of the last against the first", Statistics.Median(last) / Statistics.Median(first), Bar, Verdict.Ratio)],
            [string.Create(CultureInfo.InvariantCulture, $"95th percentile of all {values.Count - WarmUps} loads: {Statistics.Percentile(values[WarmUps..], 0.95):0.00} s.")],
            [load, LoadAverage.Read()[0]]);
    }
}
