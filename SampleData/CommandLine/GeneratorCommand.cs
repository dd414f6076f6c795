using Dunnhumby.SampleData.Report;
using Dunnhumby.SampleData.Uploads;

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
