using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.SignIn.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.SignIn.Tests.Services;

/// <summary>A service with the defaults of all services on a real Kestrel: one endpoint for each scope.</summary>
internal sealed class GuardedService : IAsyncDisposable
{
    internal const string Key = "ingest-key-of-tests-0123456789abcdef";
    internal const string ReadKey = "read-key-of-tests-0123456789abcdefgh";
    internal const string Secret = "signing-secret-of-tests-0123456789abc";

    private readonly WebApplication _app;

    private GuardedService(WebApplication app) => _app = app;

    internal Uri Address => new(_app.Urls.Single());

    /// <summary>The access tokens that came, in order.</summary>
    internal ConcurrentQueue<string> Tokens { get; } = new();

    internal static Task<GuardedService> StartAsync(PeopleProvider provider, params (string Name, string Value)[] settings) => StartAsync(provider, map: null, settings);

    internal static async Task<GuardedService> StartAsync(PeopleProvider provider, Action<WebApplication>? map, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["ApiKeys:ingest"] = Key,
            ["ApiKeys:read"] = ReadKey,
            ["Signing:Secret"] = Secret,
            ["SignIn:Authority"] = provider.Address.ToString(),
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)));
        builder.AddServiceDefaults();
        var app = builder.Build();
        var service = new GuardedService(app);
        app.Use((context, next) =>
        {
            if (context.Request.Headers.Authorization.ToString() is { Length: > 0 } authorization)
            {
                service.Tokens.Enqueue(authorization["Bearer ".Length..]);
            }

            return next(context);
        });
        app.MapDefaultEndpoints();
        foreach (var scope in Scopes.All)
        {
            app.MapGet($"/{scope}", (ClaimsPrincipal user) => TypedResults.Text(user.Actor())).RequireScope(scope);
        }

        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    internal async Task<(HttpStatusCode Status, string Body, HttpResponseHeaders Headers)> GetAsync(string path, string? token)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
