using Dunnhumby.SampleData.Report;

namespace Dunnhumby.SampleData.CommandLine;

/// <summary>The program: 0 when done, 2 for a command line it does not understand, 130 when interrupted.</summary>
internal static class GeneratorCommand
{
    private const int Misunderstood = 2;
    private const int Interrupted = 130;

    internal static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var (arguments, error) = GeneratorArguments.Parse(args);
        if (arguments is null)
        {
            await Console.Error.WriteLineAsync($"{error}{Environment.NewLine}{Environment.NewLine}{GeneratorArguments.Usage}");
            return Misunderstood;
        }

        try
        {
            if (arguments is { Report: { } charts, Compare: { } sample })
            {
                Console.WriteLine(await ComparisonReport.WriteAsync(charts, sample, arguments.Out, cancellationToken));
                return 0;
            }

            await JourneyFolder.WriteAsync(arguments.Out, arguments.Options, cancellationToken);
            return 0;
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
