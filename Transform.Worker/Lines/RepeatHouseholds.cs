using System.Globalization;
using DuckDB.NET.Data;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Models;
using Microsoft.Extensions.Caching.Memory;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>
/// The households of a version whose lines that count, before the last rule of the cleaning, fall on more than one DAY. All lines have to be judged to know them, so they are
/// remembered: the same loads with the same settings always have the same.
/// </summary>
internal sealed class RepeatHouseholds(ModelCatalog models, LineStore store) : IDisposable
{
    private const string Repeating = "repeat_households";

    /// <summary>Current and kept versions, and stale tables.</summary>
    private const int MostKnown = 16;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MostKnown });

    internal async Task<IReadOnlyList<int>> OfAsync(LineSources sources, CancellationToken cancellationToken) =>
        await _known.GetOrCreateAsync(
            $"{string.Join(' ', sources.Loads.Select(load => load.Id.ToString(CultureInfo.InvariantCulture)))} {sources.Settings.ToJson()}",
            entry => ReadAsync(sources, cancellationToken),
            new MemoryCacheEntryOptions { Size = 1 }) ?? [];

    public void Dispose() => _known.Dispose();

    private async Task<IReadOnlyList<int>> ReadAsync(LineSources sources, CancellationToken cancellationToken)
    {
        using var reading = await store.OpenAsync(sources, cancellationToken);
        await reading.Warehouse.ExecuteAsync(
            $"""
            {sources.Settings.Variables}
            create temp view {LakeTables.Transactions.Name} as {reading.Counting(LakeTables.Transactions)};
            create temp view {LakeTables.Products.Name} as {reading.Counting(LakeTables.Products)};
            {models.ViewsOf(Repeating)}
            """,
            cancellationToken);
        await using var command = reading.Warehouse.Connection.CreateCommand();
        command.CommandText = $"select household_key from {Repeating}";
        await using var reader = (DuckDBDataReader)await command.ExecuteReaderAsync(cancellationToken);
        List<int> households = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            households.Add(reader.GetInt32(0));
        }

        return households;
    }
}
