using Dunnhumby.Benchmarks.Journeys;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.Benchmarks.Stack;

/// <summary>All services over a loaded and published panel.</summary>
internal sealed class FullStack : IAsyncDisposable
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(5);

    private FullStack(BenchmarkStack stack, StackClient client, long lines)
    {
        Stack = stack;
        Client = client;
        Lines = lines;
    }

    internal BenchmarkStack Stack { get; }

    internal StackClient Client { get; }

    /// <summary>Transaction lines loaded.</summary>
    internal long Lines { get; }

    /// <param name="lastDay">Transactions after this day are left out; null for all.</param>
    internal static async Task<FullStack> StartAsync(JourneyCache journeys, double scale, int? lastDay, CancellationToken cancellationToken)
    {
        var stack = await BenchmarkStack.StartAsync(["Ingestion.Service", "Transform.Worker", "Insights.Api", "Dashboard.Web"], cancellationToken);
        var client = new StackClient(stack.Ingestion.Address, stack.Insights.Address);
        try
        {
            var lines = 0L;
            List<long> loads = [];
            foreach (var dataset in DatasetNames.All)
            {
                var isTransactions = string.Equals(dataset, DatasetNames.Transactions, StringComparison.Ordinal);
                var days = isTransactions && lastDay is { } last ? new DayRange(1, last) : null;
                var file = await journeys.FileAsync(dataset, scale, days, cancellationToken);
                var (load, _) = await client.UploadAsync(dataset, file, cancellationToken);
                lines += isTransactions ? load.Loaded : 0;
                loads.Add(load.Id);
            }

            foreach (var load in loads)
            {
                await client.WaitUntilVisibleAsync(load, PublishLimit, cancellationToken);
            }

            await client.WaitUntilMadeAsync(PublishLimit, cancellationToken);
            return new FullStack(stack, client, lines);
        }
        catch
        {
            client.Dispose();
            await stack.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Stack.DisposeAsync();
    }
}
