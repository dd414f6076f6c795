using System.Diagnostics;

namespace Dunnhumby.Benchmarks.Measuring;

/// <summary>
/// Measures two sides in turns, so that whatever else the machine does meets both alike: a warm-up of each, then the runs, every second one with the
/// sides exchanged. Before each side's turn everything written so far goes to disk, so that none pays for the other.
/// </summary>
internal static class Turns
{
    /// <param name="runs">Measured runs of each side.</param>
    /// <param name="prepare">Makes the data of a run, which both sides get; 0 is the warm-up.</param>
    /// <param name="ours">Gives the measured value.</param>
    internal static async Task<(List<double> Ours, List<double> Peer)> TakeAsync(
        int runs, Func<int, Task> prepare, Func<int, Task<double>> ours, Func<int, Task<double>> peer, CancellationToken cancellationToken)
    {
        List<double> ourValues = [];
        List<double> peerValues = [];
        for (var run = 0; run <= runs; run++)
        {
            await prepare(run);
            Func<Task>[] turns = [() => TurnAsync(ours, ourValues), () => TurnAsync(peer, peerValues)];
            foreach (var turn in run % 2 == 0 ? turns : turns.Reverse())
            {
                await SyncAsync(cancellationToken);
                await turn();
            }

            async Task TurnAsync(Func<int, Task<double>> side, List<double> values)
            {
                var value = await side(run);
                if (run > 0)
                {
                    values.Add(value);
                }

                await Console.Out.WriteAsync('.');
            }
        }

        await Console.Out.WriteLineAsync();
        return (ourValues, peerValues);
    }

    private static async Task SyncAsync(CancellationToken cancellationToken)
    {
        using var sync = Process.Start("sync");
        await sync.WaitForExitAsync(cancellationToken);
    }
}
