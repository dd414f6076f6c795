using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.SignIn;
using Dunnhumby.SampleData;
using Dunnhumby.SampleData.Planning;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Dashboard.Web.Samples;

/// <summary>Generates the sample data and uploads it, file by file, when a reader asks for it. The same seed gives the same loads, however often.</summary>
internal sealed partial class SampleLoader(
    SampleLoading loading,
    IServiceScopeFactory scopes,
    IOptions<SampleOptions> options,
    TimeProvider time,
    ILogger<SampleLoader> logger) : BackgroundService
{
    // Every word is a message to every open page.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var order in loading.Asked.ReadAllAsync(stoppingToken))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, order.Stop.Token);
            await loading.TellAsync(await RunAsync(order.By, either.Token));
        }
    }

    private async Task<SampleProgress> RunAsync(ClaimsPrincipal? by, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var journey = JourneyGenerator.Create(new JourneyOptions { Scale = options.Value.Scale, Seed = options.Value.Seed });
        var files = journey.Datasets.Select(dataset => new SampleFile(dataset)).ToArray();
        for (var index = 0; index < files.Length; index++)
        {
            var dataset = files[index].Dataset;
            try
            {
                var answer = await SendAsync(by, journey, files, index, cancellationToken);
                if (!answer.Succeeded)
                {
                    files[index] = new SampleFile(dataset, SampleFileState.Failed);
                    Log.Failed(logger, dataset, answer.Trouble.Title);
                    return new SampleProgress(SampleState.Failed, files, answer.Trouble, time.GetUtcNow());
                }

                files[index] = new SampleFile(dataset, SampleFileState.Loaded, LoadId: answer.Value.Id);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                files[index] = new SampleFile(dataset);
                Log.Stopped(logger, dataset);
                return new SampleProgress(SampleState.Stopped, files, Trouble: null, time.GetUtcNow());
            }
        }

        Log.Loaded(logger, files.Length, options.Value.Scale, time.GetElapsedTime(started).TotalSeconds);
        return new SampleProgress(SampleState.Loaded, files, Trouble: null, time.GetUtcNow());
    }

    /// <summary>Sends one file and tells all the while how much of it was sent.</summary>
    private async Task<Answer<Load>> SendAsync(ClaimsPrincipal? by, JourneyGenerator journey, SampleFile[] files, int index, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (by is not null)
        {
            scope.ServiceProvider.GetRequiredService<Visitor>().ActFor(by);
        }

        var share = new SampleShare();
        var sending = scope.ServiceProvider.GetRequiredService<SampleUploads>().SendAsync(journey, files[index].Dataset, share, cancellationToken);
        do
        {
            files[index] = files[index] with { State = SampleFileState.Sending, Percent = share.Percent };
            await loading.TellAsync(new SampleProgress(SampleState.Running, [.. files]));
            await Task.WhenAny(sending, Task.Delay(Pause, time, CancellationToken.None));
        }
        while (!sending.IsCompleted);
        return await sending;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Sample data of scale {Scale}: {Files} files are loaded, in {Seconds:F1} s")]
        public static partial void Loaded(ILogger logger, int files, double scale, double seconds);

        [LoggerMessage(LogLevel.Information, "Loading sample data was stopped at {Dataset}")]
        public static partial void Stopped(ILogger logger, string dataset);

        [LoggerMessage(LogLevel.Warning, "Loading sample data ended at {Dataset}: {Reason}")]
        public static partial void Failed(ILogger logger, string dataset, string reason);
    }
}

/// <summary>Sends generated files to the ingestion service, through the door that every file takes.</summary>
internal sealed class SampleUploads(HttpClient http) : ServiceClient(http, IngestionClient.Service)
{
    /// <summary>Generates and uploads one file. Troubles are answers, not exceptions.</summary>
    internal async Task<Answer<Load>> SendAsync(JourneyGenerator journey, string dataset, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var request = JourneyContent.Request(journey, dataset, progress);
        return await SendAsync<Load>(request, cancellationToken);
    }
}

/// <summary>How much of a file was sent. The sender writes it, the loop that tells the pages reads it.</summary>
internal sealed class SampleShare : IProgress<double>
{
    private const int Whole = 100;
    private int _percent;

    internal int Percent => Volatile.Read(ref _percent);

    public void Report(double value) => Volatile.Write(ref _percent, (int)(value * Whole));
}

/// <summary>The sample data that an empty dashboard offers; section <c>Samples</c>.</summary>
internal sealed class SampleOptions
{
    internal const string Section = "Samples";

    /// <summary>Size: 1 is the original's 2,500 households.</summary>
    [Range(0.002, 1)]
    public double Scale { get; set; } = 0.02;

    /// <summary>What all randomness comes from: the same seed gives the same files.</summary>
    public ulong Seed { get; set; } = 8451;
}

internal static class SampleServices
{
    private const string Client = "samples";

    internal static void AddSamples(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SampleOptions>().BindConfiguration(SampleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SampleLoading>();
        services.AddHostedService<SampleLoader>();
        services.AddScoped(scope =>
        {
            var http = scope.ClientFor(Client, IngestionClient.Service, configuration[$"ApiKeys:{Scopes.Ingest}"]);

            // A file takes as long as it takes; a reader may stop it.
            http.Timeout = Timeout.InfiniteTimeSpan;
            return new SampleUploads(http);
        });
        var client = services.AddHttpClient(Client);
#pragma warning disable EXTEXP0001 // Experimental: the only way to leave out the standard handler's time limits, which are those of small answers.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
