using System.Runtime.CompilerServices;
using Dunnhumby.Catalog.Messages;
using Dunnhumby.Catalog.Outbox;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.ServiceDefaults.Messaging;
using Dunnhumby.ServiceDefaults.Warehouse;
using Dunnhumby.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Catalog.Tests.Outbox;

/// <summary>A process, as far as the outbox goes: a catalog, a bus and a dispatcher.</summary>
internal sealed class Sender : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private readonly IHost _host;

    private Sender(IHost host) => _host = host;

    internal static async Task<Sender> StartAsync(string database, Uri broker)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:warehouse"] = database,
            ["ConnectionStrings:messaging"] = broker.ToString(),
        });
        builder.Logging.ClearProviders();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddWarehouse();
        builder.AddLakeCatalog();
        builder.AddMessaging();
        builder.Services.AddOutbox();
        var host = builder.Build();
        await using (var catalog = await host.Services.GetRequiredService<IDbContextFactory<LakeCatalog>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            await catalog.Database.MigrateAsync(TestContext.Current.CancellationToken);
        }

        await host.StartAsync(TestContext.Current.CancellationToken);
        return new Sender(host);
    }

    /// <summary>Writes rows as a committed change does, and gives their message ids.</summary>
    internal Task<List<Guid>> WriteAsync(int count) =>
        WriteAsync(Enumerable.Range(1, count).Select(load => OutboxMessages.From(new LoadCompleted(load, "coupon", load, DateTimeOffset.UtcNow), DateTimeOffset.UtcNow)));

    /// <summary>Writes a message of a kind that no test listens to.</summary>
    internal Task<List<Guid>> WriteUnheardAsync() =>
        WriteAsync([OutboxMessages.From(new InsightsPublished(1, 1, DateTimeOffset.UtcNow), DateTimeOffset.UtcNow)]);

    private async Task<List<Guid>> WriteAsync(IEnumerable<OutboxMessage> messages)
    {
        await using var catalog = await Catalog();
        var rows = messages.ToList();
        catalog.Outbox.AddRange(rows);
        await catalog.SaveChangesAsync(TestContext.Current.CancellationToken);
        return [.. rows.Select(row => row.MessageId)];
    }

    /// <summary>Waits until all rows are as they should be.</summary>
    internal Task UntilAsync(Func<OutboxMessage, bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.TrueAsync(async () => (await RowsAsync()).TrueForAll(row => condition(row)), Deadline, what: what);

    internal async Task<List<OutboxMessage>> RowsAsync()
    {
        await using var catalog = await Catalog();
        return await catalog.Outbox.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private Task<LakeCatalog> Catalog() => _host.Services.GetRequiredService<IDbContextFactory<LakeCatalog>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
}
