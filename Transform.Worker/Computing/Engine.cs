using System.Globalization;
using DuckDB.NET.Data;
using Dunnhumby.Lake.Views;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>
/// The DuckDB engine that runs share. It outlives them, because an engine that ends gives the free memory of the process back, and to fetch it again takes as long
/// as half of a rebuild. One run uses it at a time.
/// </summary>
internal sealed class Engine(IOptions<TransformOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>After a rebuild its memory is kept for so long: another one may follow.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private Warehouse? _root;
    private int _opened;
    private int _threads;
    private long? _rebuilt;

    /// <summary>Opens an empty database in memory. It goes with what is returned.</summary>
    internal async Task<Warehouse> OpenAsync(CancellationToken cancellationToken)
    {
        var root = await RootAsync(cancellationToken);
        await UseThreadsAsync(root, AllThreads, cancellationToken);
        var database = $"rebuild_{++_opened}";
        await root.ExecuteAsync($"attach ':memory:' as {database}", cancellationToken);
        return await root.UseAsync(database, Leave, cancellationToken);

        void Leave()
        {
            Detach(root, database);
            _rebuilt = time.GetTimestamp();
        }
    }

    /// <summary>Opens a database in a file, which stays open when what is returned is disposed of.</summary>
    /// <param name="file">It is there.</param>
    /// <param name="database">What to call it.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <exception cref="DuckDBException">Another process has it open, or it is no database that this engine reads.</exception>
    internal async Task<Warehouse> OpenAsync(string file, string database, CancellationToken cancellationToken)
    {
        var root = await RootAsync(cancellationToken);
        await root.ExecuteAsync($"attach if not exists {SqlText.Literal(file)} as {database}", cancellationToken);
        return await root.UseAsync(database, left: null, cancellationToken);
    }

    /// <summary>
    /// How many threads the next queries use. Many small ones take as long with one thread as with several, which spend half as much processor time again on
    /// waiting for each other: time that the database and the services need.
    /// </summary>
    internal async Task UseThreadsAsync(bool isLittle, CancellationToken cancellationToken) =>
        await UseThreadsAsync(await RootAsync(cancellationToken), isLittle ? 1 : AllThreads, cancellationToken);

    /// <summary>Closes a database that nothing uses any more; nothing happens when it is not open.</summary>
    internal void Close(string database)
    {
        if (_root is { } root)
        {
            Detach(root, database);
        }
    }

    /// <summary>Gives the memory of the last rebuild back when it was some time ago. To be called from time to time while no run uses the engine.</summary>
    internal void Rest()
    {
        if (_rebuilt is { } rebuilt && time.GetElapsedTime(rebuilt) > Kept)
        {
            // To set the limit is what makes the engine do so.
            _root?.Execute($"set memory_limit = {SqlText.Literal(options.Value.MemoryLimit)}");
            _rebuilt = null;
        }
    }

    /// <summary>Ends the engine: after an error in a file it may answer nothing any more. The next opening begins another one.</summary>
    internal void End()
    {
        _root?.Dispose();
        _root = null;
        _rebuilt = null;
    }

    public void Dispose() => End();

    private int AllThreads => options.Value.Threads > 0 ? options.Value.Threads : Environment.ProcessorCount;

    private async Task UseThreadsAsync(Warehouse root, int threads, CancellationToken cancellationToken)
    {
        if (_threads != threads)
        {
            await root.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"set threads = {threads}"), cancellationToken);
            _threads = threads;
        }
    }

    private async Task<Warehouse> RootAsync(CancellationToken cancellationToken)
    {
        if (_root is null)
        {
            _root = await Warehouse.OpenAsync(options.Value, cancellationToken);
            _threads = AllThreads;
        }

        return _root;
    }

    /// <summary>With an engine that answers nothing any more, there is nothing to be detached from.</summary>
    private void Detach(Warehouse root, string database)
    {
        try
        {
            root.Execute($"detach database if exists {database}");
        }
        catch (DuckDBException)
        {
            if (ReferenceEquals(root, _root))
            {
                End();
            }
        }
    }
}
