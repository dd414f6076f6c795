using DuckDB.NET.Data;
using Dunnhumby.Benchmarks.Journeys;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;

namespace Dunnhumby.Benchmarks;

/// <summary>What the scenarios of a run share: the generated files, and one stack with the whole panel that the reading scenarios use in turn.</summary>
internal sealed class Workbench(BenchmarkSettings settings) : IAsyncDisposable
{
    private (double Scale, FullStack Stack)? _full;

    internal BenchmarkSettings Settings { get; } = settings;

    /// <summary>What was measured before, by name.</summary>
    internal Dictionary<string, ScenarioResult> Measured { get; } = new(StringComparer.Ordinal);

    internal JourneyCache Journeys { get; } = new(settings.Seed);

    /// <summary>All services over a lake with all eight files in one load each, published. One at a time: another scale replaces it.</summary>
    internal async Task<FullStack> FullStackAsync(double scale, CancellationToken cancellationToken)
    {
        if (_full is { } full && full.Scale.Equals(scale))
        {
            return full.Stack;
        }

        await DisposeAsync();
        var stack = await FullStack.StartAsync(Journeys, scale, lastDay: null, cancellationToken);
        _full = (scale, stack);
        return stack;
    }

    internal static long RowsOfParquet(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from read_parquet('{path}')";
        return Convert.ToInt64(command.ExecuteScalar(), provider: null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_full is { } full)
        {
            _full = null;
            await full.Stack.DisposeAsync();
        }
    }
}
