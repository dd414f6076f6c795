using System.Globalization;
using Dunnhumby.SampleData.CommandLine;

namespace Dunnhumby.SampleData.Uploads;

/// <summary>What the command line and the environment ask to upload.</summary>
/// <param name="Ingestion">The ingestion service.</param>
/// <param name="Key">A key with scope ingest.</param>
internal sealed record UploadArguments(Uri Ingestion, string Key, JourneyOptions Options)
{
    /// <summary>Small enough to be loaded in seconds, large enough for every page to show something.</summary>
    internal const double DefaultScale = 0.02;

    /// <summary>Reads the arguments that follow <c>upload</c>; an error in words when they cannot be understood.</summary>
    /// <param name="variable">Gives an environment variable, or null.</param>
    internal static (UploadArguments? Arguments, string? Error) Parse(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var scale = variable("Samples__Scale") is { Length: > 0 } set ? Number(set) : DefaultScale;
        if (scale is null)
        {
            return (null, "Samples__Scale must be a number.");
        }

        var options = new JourneyOptions { Scale = scale.Value };
        options = ulong.TryParse(variable("Samples__Seed"), out var seed) ? options with { Seed = seed } : options;
        var address = variable("services__ingestion__http__0");
        var key = variable("ApiKeys__ingest") ?? variable("INGEST_KEY");
        for (var index = 0; index < args.Count; index += 2)
        {
            var (name, value) = (args[index], index + 1 < args.Count ? args[index + 1] : null);
            switch (name, value)
            {
                case (_, null):
                    return (null, $"{name} needs a value, or is unknown.");
                case ("--url", _):
                    address = value;
                    break;
                case ("--key", _):
                    key = value;
                    break;
                case ("--scale" or "--seed" or "--weeks" or "--threads", _) when GeneratorArguments.Apply(options, name, value) is { } applied:
                    options = applied;
                    break;
                default:
                    return (null, $"{name} {value} is not understood.");
            }
        }

        // A service takes several keys separated by commas; any one of them will do.
        var first = (key ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return !Uri.TryCreate(address?.TrimEnd('/') + "/", UriKind.Absolute, out var ingestion) || ingestion.Scheme is not ("http" or "https")
            ? (null, "Say where the ingestion service is: --url http://localhost:5101, or services__ingestion__http__0 in the environment.")
            : first.Length == 0
                ? (null, "Give the ingest key: --key, or ApiKeys__ingest in the environment.")
                : (new UploadArguments(ingestion, first[0], options), null);
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
