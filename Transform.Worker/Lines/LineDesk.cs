using System.ComponentModel.DataAnnotations;
using DuckDB.NET.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>
/// Lets a few readings of the lake take place at once, in an engine apart with little memory and time: a person who asks where a figure comes from must not slow a
/// run down.
/// </summary>
internal sealed partial class LineDesk(LineStore store, IOptions<LineOptions> options, TimeProvider time, ILogger<LineDesk> logger) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrent);

    /// <summary>Reads, and gives what was read or why it could not be.</summary>
    internal async Task<(T? Value, ProblemHttpResult? Refusal)> ReadAsync<T>(
        LineSources sources, Func<LineReading, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        if (!await _places.WaitAsync(options.Value.Patience, cancellationToken))
        {
            return (null, LineProblems.Busy(options.Value.MaxConcurrent));
        }

        try
        {
            using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            return await ReadAsync(sources, read, timeout, either.Token);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<(T? Value, ProblemHttpResult? Refusal)> ReadAsync<T>(
        LineSources sources, Func<LineReading, CancellationToken, Task<T>> read, CancellationTokenSource timeout, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var reading = await store.OpenAsync(sources, cancellationToken);
            return (await read(reading, cancellationToken), null);
        }
        catch (Exception stopped) when (timeout.IsCancellationRequested && stopped is OperationCanceledException or DuckDBException)
        {
            return (null, stopped is BeingCopiedException ? LineProblems.BeingCopied() : LineProblems.TooSlow(options.Value.Timeout));
        }
        catch (Exception failure) when (failure is DuckDBException or IOException or UnauthorizedAccessException && !cancellationToken.IsCancellationRequested)
        {
            Log.NotRead(logger, failure);
            await store.CheckAsync();
            return (null, LineProblems.Of(failure, options.Value));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Lines could not be read")]
        public static partial void NotRead(ILogger logger, Exception failure);
    }
}

/// <summary>What reading lines may take, from the section <c>Lines</c>.</summary>
internal sealed class LineOptions
{
    internal const string Section = "Lines";

    /// <summary>Readings at once; others wait for <see cref="Patience"/>.</summary>
    [Range(1, 64)]
    public int MaxConcurrent { get; set; } = 2;

    /// <summary>How long a reading waits for its turn; then it is refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a reading may take; then it is stopped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>DuckDB's threads for all readings together, beside one of each.</summary>
    [Range(1, 64)]
    public int Threads { get; set; } = 1;

    /// <summary>DuckDB's memory limit for all readings together; beyond it, they spill.</summary>
    [Required]
    public string MemoryLimit { get; set; } = "256MB";

    /// <summary>How much readings may spill to the disk.</summary>
    [Required]
    public string SpillLimit { get; set; } = "1GB";
}
