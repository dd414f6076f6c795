using System.Globalization;
using System.Net;
using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.CommandLine;

/// <summary>
/// The program's way to fill a stack: generates every file and uploads it through the ingestion service's door. The same seed gives the same bytes, so a
/// second run finds its loads there and changes nothing. 0 when all files are loaded, 1 when one was refused, 2 for a command line it does not understand.
/// </summary>
internal static class UploadCommand
{
    internal const string Name = "upload";

    private const string KeyHeader = "X-Api-Key";
    private const int Refused = 1;
    private const int Misunderstood = 2;

    /// <summary>For how long a service that does not answer yet is tried.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    internal static async Task<int> RunAsync(string[] args, TimeProvider time, CancellationToken cancellationToken)
    {
        var (arguments, error) = UploadArguments.Parse(args, Environment.GetEnvironmentVariable);
        if (arguments is null)
        {
            await Console.Error.WriteLineAsync(error);
            return Misunderstood;
        }

        var journey = JourneyGenerator.Create(arguments.Options);
        using var http = new HttpClient { BaseAddress = arguments.Ingestion, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Add(KeyHeader, arguments.Key);
        var known = 0;
        foreach (var dataset in journey.Datasets)
        {
            var bar = new ProgressBar(dataset, !Console.IsErrorRedirected);
            using var answer = await SendAsync(http, journey, dataset, bar, time, cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                await Console.Error.WriteLineAsync($"{dataset}: the ingestion service answered {(int)answer.StatusCode}. {body}");
                return Refused;
            }

            var load = JsonSerializer.Deserialize<Load>(body, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No load came back.");
            known += answer.StatusCode == HttpStatusCode.OK ? 1 : 0;
            bar.Done($"load {load.Id,6}  {load.Loaded,12:N0} rows{(answer.StatusCode == HttpStatusCode.OK ? "  loaded before" : "")}");
        }

        Console.WriteLine($"{journey.Datasets.Count} files are loaded, {known} of them were before.");
        return 0;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, JourneyGenerator journey, string dataset, IProgress<double> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                using var request = JourneyContent.Request(journey, dataset, progress);
                return await http.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConnectionError && time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}

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
