using System.Text.Json;
using Dunnhumby.SampleData.Files;
using Dunnhumby.SampleData.Planning;
using Dunnhumby.SampleData.Report;
using Dunnhumby.SampleData.Truth;

namespace Dunnhumby.SampleData.CommandLine;

/// <summary>The program: 0 when done, 2 for a command line it does not understand, 130 when interrupted.</summary>
internal static class GeneratorCommand
{
    private const int Misunderstood = 2;
    private const int Interrupted = 130;

    internal static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (args is [UploadCommand.Name, .. var rest])
        {
            return await GuardAsync(() => UploadCommand.RunAsync(rest, TimeProvider.System, cancellationToken));
        }

        var (arguments, error) = GeneratorArguments.Parse(args);
        if (arguments is null)
        {
            await Console.Error.WriteLineAsync($"{error}{Environment.NewLine}{Environment.NewLine}{GeneratorArguments.Usage}");
            return Misunderstood;
        }

        return await GuardAsync(() => GenerateAsync(arguments, cancellationToken));
    }

    private static async Task<int> GenerateAsync(GeneratorArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments is { Report: { } charts, Compare: { } sample })
        {
            Console.WriteLine(await ComparisonReport.WriteAsync(charts, sample, arguments.Out, cancellationToken));
            return 0;
        }

        await JourneyFolder.WriteAsync(arguments.Out, arguments.Options, cancellationToken);
        return 0;
    }

    private static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Misunderstood;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }
}

/// <summary>Writes a journey's files into a folder.</summary>
internal static class JourneyFolder
{
    private const int BufferBytes = 1 << 20;

    /// <param name="datasets">Only these; all that the options ask for when there are none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    internal static async Task WriteAsync(string folder, JourneyOptions options, CancellationToken cancellationToken, params string[] datasets)
    {
        var journey = JourneyGenerator.Create(options);
        Directory.CreateDirectory(folder);
        var files = new List<WrittenFile>();
        foreach (var dataset in datasets.Length == 0 ? journey.Datasets : datasets)
        {
            var bar = new ProgressBar(dataset, !Console.IsErrorRedirected);
            var file = new FileStream(Path.Combine(folder, dataset + ".csv"), FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
            await using (file)
            {
                var written = await journey.WriteCsvAsync(dataset, file, bar, cancellationToken);
                files.Add(written);
                bar.Done($"{written.Rows,12:N0} rows  {written.Bytes / 1e6,8:N1} MB" + (written.Defects.Count > 0 ? $"  {written.Defects.Count:N0} bad rows" : ""));
            }
        }

        var truth = TruthFile.Of(await journey.TruthAsync(cancellationToken), options.Days, files);
        var json = File.Create(Path.Combine(folder, "truth.json"));
        await using (json)
        {
            await JsonSerializer.SerializeAsync(json, truth, TruthFile.Json, cancellationToken);
        }
    }
}
