using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Rows;

/// <summary>The API over the small version and the tables of <c>DeskVersion.sql</c>: for tests that only read.</summary>
public sealed class PublishedDesk(PostgresFixture postgres) : IAsyncLifetime
{
    private Warehouse? _warehouse;
    private InsightsHost? _host;

    public InsightsHost Host => _host ?? throw new InvalidOperationException("The API has not been started.");

    public HttpClient Client => Host.Client;

    public string ReaderConnection => (_warehouse ?? throw new InvalidOperationException("The warehouse has not been made.")).ReaderConnection;

    public async ValueTask InitializeAsync()
    {
        _warehouse = await PublishAsync(postgres, TestContext.Current.CancellationToken);
        _host = new InsightsHost(_warehouse.ReaderConnection);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_warehouse is not null)
        {
            await _warehouse.DisposeAsync();
        }
    }

    /// <summary>A database in which they are version 1.</summary>
    internal static async Task<Warehouse> PublishAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        var warehouse = await Warehouse.CreateAsync(postgres, cancellationToken);
        await warehouse.PublishAsync(1, cancellationToken);
        await using var stream = typeof(PublishedDesk).Assembly.GetManifestResourceStream($"{typeof(PublishedDesk).Namespace}.DeskVersion.sql").ShouldNotBeNull();
        using var reader = new StreamReader(stream);
        var sql = await reader.ReadToEndAsync(cancellationToken);
        await warehouse.ExecuteAsync(
            sql.Replace("{schema}", Warehouse.SchemaOf(1), StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal), cancellationToken);
        return warehouse;
    }
}

/// <summary>The test classes that share <see cref="PublishedDesk"/>.</summary>
[CollectionDefinition(nameof(PublishedDeskGroup))]
public sealed class PublishedDeskGroup : ICollectionFixture<PublishedDesk>;
