using System.Globalization;
using Dunnhumby.Benchmarks.Results;

namespace Dunnhumby.Benchmarks.CommandLine;

/// <summary>What the command line asks for.</summary>
/// <param name="Scenarios">Names such as S1, in order.</param>
/// <param name="Out">Folder of results.json.</param>
/// <param name="Strict">Whether a missed bar makes the exit code 1.</param>
/// <param name="Growth">Whether to measure S1 and S3 at four scales too.</param>
internal sealed record BenchmarkArguments(IReadOnlyList<string> Scenarios, BenchmarkSettings Settings, string Out, bool Strict, bool Growth)
{
    internal const string Usage = """
        Measures the rows of the speed table, ours and its peer in turns on the same data.

          dotnet run -c Release --project tests/Benchmarks -- [S1 … S9, S4Y, J] [options]
          dotnet run -c Release --project tests/Benchmarks -- report RESULTS.JSON [DOCS]
          dotnet run -c Release --project tests/Benchmarks -- readers [SCALE]
          dotnet run -c Release --project tests/Benchmarks -- copies [ROWS]

          S1 … S9, J     which rows; all of these without a name
          S4Y            S4 for a year of daily loads; takes a quarter of an hour, and only by its name
          --scale S      size of the data, 1.0 = the full panel (default 1.0)
          --runs N       measured runs after a warm-up (default 5)
          --seed N       seed of the generated data (default 8451)
          --growth       S1 and S3 at scales 0.1, 0.3, 1.0 and 3.0 too, with the exponent of their growth
          --out DIR      folder of results.json (default artifacts/benchmarks)
          --strict       exit code 1 when a bar is missed

        readers times the reader of uploads against Sep and CsvHelper.
        copies times the copy of a computed table into Postgres against Npgsql's importer.
        report writes docs/performance.md and its charts from a results.json.
        """;

    private const string Year = "S4Y";

    internal static readonly IReadOnlyList<string> AllScenarios = ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "J"];

    /// <summary>Reads the options; an error in words when they cannot be understood.</summary>
    internal static (BenchmarkArguments? Arguments, string? Error) Parse(string[] args)
    {
        List<string> scenarios = [];
        var settings = new BenchmarkSettings(Scale: 1.0, Runs: 5, Seed: 8451);
        var (output, strict, growth) = (Path.Combine("artifacts", "benchmarks"), false, false);
        for (var index = 0; index < args.Length; index++)
        {
            var name = args[index];
            if (AllScenarios.Append(Year).FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } scenario)
            {
                scenarios.Add(scenario);
                continue;
            }

            if (name is "--strict" or "--growth")
            {
                strict |= name is "--strict";
                growth |= name is "--growth";
                continue;
            }

            if (++index == args.Length)
            {
                return (null, $"{name} needs a value, or is unknown.");
            }

            if (name is "--out")
            {
                output = args[index];
            }
            else if (Apply(settings, name, args[index]) is { } applied)
            {
                settings = applied;
            }
            else
            {
                return (null, $"{name} {args[index]} is not understood.");
            }
        }

        IReadOnlyList<string> chosen = scenarios.Count == 0 ? AllScenarios : [.. scenarios.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return (new BenchmarkArguments(chosen, settings, output, strict, growth), null);
    }

    private static BenchmarkSettings? Apply(BenchmarkSettings settings, string name, string value) => name switch
    {
        "--scale" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale > 0 => settings with { Scale = scale },
        "--runs" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && runs > 0 => settings with { Runs = runs },
        "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => settings with { Seed = seed },
        _ => null,
    };
}
