using System.Globalization;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.CommandLine;

/// <summary>What the command line asks for.</summary>
/// <param name="Out">Folder of the generated files.</param>
/// <param name="Report">Folder for charts of what is in <paramref name="Out"/> already; null to generate.</param>
/// <param name="Compare">Folder of the real sample that the charts compare with.</param>
internal sealed record GeneratorArguments(string Out, JourneyOptions Options, string? Report, string? Compare)
{
    internal const string Usage = """
        Writes a synthetic Complete Journey: eight CSV files in the original layout, and truth.json.

          dotnet run -c Release --project SampleData -- --out DIR [options]
          dotnet run -c Release --project SampleData -- --out DIR --report CHARTS --compare SAMPLE
          dotnet run -c Release --project SampleData -- upload --url http://localhost:5101 --key KEY [--scale S] [--seed N] [--weeks N] [--threads N]

          --out DIR          folder to write to; made when it is not there
          --scale S          size, 1.0 = 2,500 households and 2.6 million transactions (default 1.0)
          --seed N           the same seed gives the same bytes (default 8451)
          --weeks N          only the first N weeks (default 102)
          --days FROM..TO    only the transactions and redemptions of these days
          --defects RATE     bad rows to plant, as a share of the rows, such as 0.001
          --no-effects       the twin in which nothing has an effect
          --threads N        threads; the bytes do not depend on it
          --report CHARTS    instead: write charts that compare the files in DIR with the real sample
          --compare SAMPLE   folder of the real sample's .csv.gz files

        upload sends the files to a running ingestion service instead of writing them (default scale 0.02).
        """;

    /// <summary>Reads the options; an error in words when they cannot be understood.</summary>
    internal static (GeneratorArguments? Arguments, string? Error) Parse(string[] args)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        var options = new JourneyOptions();
        for (var index = 0; index < args.Length; index++)
        {
            var name = args[index];
            if (name is "--no-effects")
            {
                options = options with { Effects = false };
                continue;
            }

            if (++index == args.Length)
            {
                return (null, $"{name} needs a value, or is unknown.");
            }

            var value = args[index];
            if (name is "--out" or "--report" or "--compare")
            {
                folders[name] = value;
            }
            else if (Apply(options, name, value) is { } applied)
            {
                options = applied;
            }
            else
            {
                return (null, $"{name} {value} is not understood.");
            }
        }

        var report = folders.GetValueOrDefault("--report");
        var compare = folders.GetValueOrDefault("--compare");
        return !folders.TryGetValue("--out", out var output) ? (null, "--out is missing.")
            : report is null != compare is null ? (null, "--report and --compare go together.")
            : (new GeneratorArguments(output, options, report, compare), null);
    }

    /// <summary>The options with one more applied; null when it is not understood.</summary>
    internal static JourneyOptions? Apply(JourneyOptions options, string name, string value) => name switch
    {
        "--scale" => Number(value) is { } scale ? options with { Scale = scale } : null,
        "--seed" => ulong.TryParse(value, out var seed) ? options with { Seed = seed } : null,
        "--weeks" => int.TryParse(value, out var weeks) ? options with { Weeks = weeks } : null,
        "--threads" => int.TryParse(value, out var threads) ? options with { Parallelism = threads } : null,
        "--defects" => Number(value) is { } rate ? options with { DefectRate = rate } : null,
        "--days" => DayRange.TryParse(value, out var days) ? options with { Days = days } : null,
        _ => null,
    };

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
