using System.Net;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Dashboard.Web.SignIn;
using Microsoft.Extensions.Http.Resilience;

namespace Dunnhumby.Dashboard.Web.Clients;

internal static class ClientServices
{
    /// <summary>The typed clients. They ask with the access token of who is at the page; without sign-in, with the key of the scope they need: <c>ApiKeys:read</c>, <c>ApiKeys:ingest</c>, and <c>ApiKeys:admin</c> to go back to former versions.</summary>
    internal static void AddServiceClients(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AnswerCache>();
        var (read, ingest, admin) = (configuration[$"ApiKeys:{Scopes.Read}"], configuration[$"ApiKeys:{Scopes.Ingest}"], configuration[$"ApiKeys:{Scopes.Admin}"]);
        services.AddHttpClient();
        services.AddScoped(scope => new InsightsClient(scope.ClientFor(InsightsClient.Service, InsightsClient.Service, read), scope.GetRequiredService<AnswerCache>()));
        services.AddScoped(scope => new TransformClient(scope.ClientFor(TransformClient.Service, TransformClient.Service, admin ?? read)));
        services.AddScoped(scope => new IngestionClient(scope.ClientFor(IngestionClient.Service, IngestionClient.Service, ingest)));

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
}
