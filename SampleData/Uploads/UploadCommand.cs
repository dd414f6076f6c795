using System.Net;
using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.SampleData.CommandLine;

namespace Dunnhumby.SampleData.Uploads;

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
