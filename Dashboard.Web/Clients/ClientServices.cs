using System.Net;
using Dunnhumby.Contracts.Security;
using Microsoft.Extensions.Http.Resilience;

namespace Dunnhumby.Dashboard.Web.Clients;

internal static class ClientServices
{
    private const string KeyHeader = "X-Api-Key";

    /// <summary>The typed clients, each with the key of the scope it needs: <c>ApiKeys:read</c> and <c>ApiKeys:ingest</c>.</summary>
    internal static void AddServiceClients(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AnswerCache>();
        services.AddHttpClient<InsightsClient>(client => Configure(client, InsightsClient.Service, configuration[$"ApiKeys:{Scopes.Read}"]));
        services.AddHttpClient<TransformClient>(client => Configure(client, TransformClient.Service, configuration[$"ApiKeys:{Scopes.Read}"]));
        services.AddHttpClient<IngestionClient>(client => Configure(client, IngestionClient.Service, configuration[$"ApiKeys:{Scopes.Ingest}"]));

        // A person waits: two quick retries, then the page says what is wrong and offers to try again.
        services.ConfigureAll<HttpStandardResilienceOptions>(options =>
        {
            options.Retry.MaxRetryAttempts = 2;
            options.Retry.Delay = TimeSpan.FromMilliseconds(200);

            // Figures that were never computed do not come by asking again, and are no reason to give the service up for the others.
            var (retry, breaker) = (options.Retry.ShouldHandle, options.CircuitBreaker.ShouldHandle);
            options.Retry.ShouldHandle = async attempt => !IsFinal(attempt.Outcome.Result) && await retry(attempt);
            options.CircuitBreaker.ShouldHandle = async attempt => !IsFinal(attempt.Outcome.Result) && await breaker(attempt);
        });
    }

    /// <summary>A service that is out of order for a while says when to ask again.</summary>
    private static bool IsFinal(HttpResponseMessage? answer) => answer is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: null };

    /// <summary>The service's address, found by its name, and the key.</summary>
    internal static void Configure(HttpClient client, string service, string? key)
    {
        client.BaseAddress = new Uri($"https+http://{service}/");
        // Services accept several keys separated by commas; any one of them will do.
        if (key?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..])
        {
            client.DefaultRequestHeaders.Add(KeyHeader, first);
        }
    }
}
