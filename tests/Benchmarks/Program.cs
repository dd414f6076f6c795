using System.Globalization;
using Dunnhumby.Benchmarks;
using Dunnhumby.Benchmarks.CommandLine;
using Dunnhumby.Benchmarks.Copies;
using Dunnhumby.Benchmarks.Peers;
using Dunnhumby.Benchmarks.Readers;
using Dunnhumby.Benchmarks.Report;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};

switch (args)
{
    case ["peer", .. var peer]:
        return await PeerProgram.RunAsync(peer, stopping.Token);
    case ["readers", .. var scale]:
        return await ReaderComparison.RunAsync(scale is [var text] ? double.Parse(text, CultureInfo.InvariantCulture) : 0.1, runs: 9, stopping.Token);
    case ["copies", .. var rows]:
        return await CopyComparison.RunAsync(rows is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 250_000, runs: 9, stopping.Token);
    case ["report", var results, .. var folder]:
        return ReportCommand.Run(results, folder is [var docs] ? docs : null);
    default:
        var (arguments, error) = BenchmarkArguments.Parse(args);
        if (arguments is null)
        {
            await Console.Error.WriteLineAsync(error);
            await Console.Error.WriteLineAsync(BenchmarkArguments.Usage);
            return 2;
        }

        return await BenchmarkCommand.RunAsync(arguments, stopping.Token);
}
