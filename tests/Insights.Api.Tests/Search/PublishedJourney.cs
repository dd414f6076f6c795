using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Search;

/// <summary>The API over the small journey as the worker published it: for tests that only read.</summary>
public sealed class PublishedJourney(PostgresFixture postgres) : IAsyncLifetime
{
    private Warehouse? _warehouse;
    private InsightsHost? _host;

    public Warehouse Warehouse => _warehouse ?? throw new InvalidOperationException("The warehouse has not been made.");

    public HttpClient Client => (_host ?? throw new InvalidOperationException("The API has not been started.")).Client;

    public async ValueTask InitializeAsync()
    {
        _warehouse = await Warehouse.OfJourneyAsync(postgres, TestContext.Current.CancellationToken);
        _host = new InsightsHost(_warehouse.ReaderConnection);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? owned in new IAsyncDisposable?[] { _host, _warehouse })
        {
            await (owned?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
