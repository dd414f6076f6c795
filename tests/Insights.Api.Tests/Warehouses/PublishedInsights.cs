using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Warehouses;

/// <summary>The API over the small version under number 1: for tests that only read.</summary>
public sealed class PublishedInsights(PostgresFixture postgres) : IAsyncLifetime
{
    private Warehouse? _warehouse;
    private InsightsHost? _host;

    public InsightsHost Host => _host ?? throw new InvalidOperationException("The API has not been started.");

    public HttpClient Client => Host.Client;

    public string ReaderConnection => (_warehouse ?? throw new InvalidOperationException("The warehouse has not been made.")).ReaderConnection;

    public async ValueTask InitializeAsync()
    {
        _warehouse = await Warehouse.CreateAsync(postgres, TestContext.Current.CancellationToken);
        await _warehouse.PublishAsync(1, TestContext.Current.CancellationToken);
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
}
