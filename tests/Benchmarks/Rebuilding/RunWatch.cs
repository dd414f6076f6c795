using Dunnhumby.Benchmarks.Stack;

namespace Dunnhumby.Benchmarks.Rebuilding;

/// <summary>Asks for a run and waits for its end. Times are the database's.</summary>
internal static class RunWatch
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The run's id, how it ended, and the seconds since the worker took it.</summary>
    /// <param name="stack">Whose worker.</param>
    /// <param name="reason">As the worker words it for a person who asks.</param>
    /// <param name="model">A model to make whole; null for what the reason says.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    internal static async Task<(object Id, string State, double Seconds)> RunAsync(BenchmarkStack stack, string reason, string? model, CancellationToken cancellationToken)
    {
        var id = await stack.QueryAsync(
            $$"""
            insert into catalog.runs (state, reason, models, requested_at, last_requested_at, fence, attempt)
            values ('pending', '{{reason}}', '{{{model}}}', clock_timestamp(), clock_timestamp(), 0, 1)
            returning id
            """,
            cancellationToken) ?? throw new InvalidOperationException("An insert returns its id.");
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Limit)
        {
            var ended = await stack.QueryAsync(
                $"select state || ' ' || extract(epoch from clock_timestamp() - started_at) from catalog.runs where id = {id} and state in ('published', 'unchanged', 'failed')", cancellationToken);
            if (ended is string text && text.Split(' ') is [var state, var seconds])
            {
                return (id, state, double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture));
            }

            await Task.Delay(Look, cancellationToken);
        }

        throw new TimeoutException($"The run {id} did not end within {Limit.TotalMinutes} minutes.");
    }
}
