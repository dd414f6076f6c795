using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Fuzzing;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Runs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Transform.Worker.Tests.Work;

/// <summary>Odd requests to every endpoint that needs a key. The worker has no reference, so these are those that it maps.</summary>
public sealed class FuzzTests(PostgresFixture postgres, RabbitMqFixture broker)
{
    private const string Key = "every-key-of-tests-0123456789abcdefgh";
    private const int Requests = 2_000;

    [Fact]
    public async Task Send_OddRequests_AreAnsweredInTimeAndExplained()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres, broker.AmqpUri);
        await setup.ExecuteAsync("insert into catalog.runs (state, reason, requested_at, last_requested_at, fence) select 'failed', 'run ' || n, now(), now(), 1 from generate_series(1, 300) as n");
        var worker = setup.Worker(settings: [("ApiKeys:Admin", Key), ("Transform:Schedule", "")]);
        worker.MapRuns();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        FuzzOperation[] operations =
        [
            .. from endpoint in worker.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               where endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
               from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
               select new FuzzOperation(method, $"/{endpoint.RoutePattern.RawText?.Trim('/')}", [.. Numbers(endpoint)], Example: null, FileTypes: []),
        ];
        operations.Length.ShouldBeGreaterThan(3);
        var address = new Uri(worker.Urls.First());
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.GetAsync(() => client.GetAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken), response => response.IsSuccessStatusCode);
        using var run = new FuzzRun(address, Key, setup.ConnectionString, $"{broker.AmqpUri}", Key)
        {
            // None of the runs that it names is in progress.
            NeverSucceeds = "/cancel",
        };

        await run.SendAsync(operations, Requests);

        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Every parameter of the worker is a number.</summary>
    private static IEnumerable<FuzzParameter> Numbers(RouteEndpoint endpoint) =>
        from parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
        where parameter.HasTryParse
        select new FuzzParameter(parameter.Name, endpoint.RoutePattern.GetParameter(parameter.Name) is null ? "query" : "path", IsRequired: false, ["1", "2", "50", "200"]);
}
