using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;

namespace Dunnhumby.ServiceDefaults.Tests;

/// <summary>A service with nothing but the defaults: one endpoint per scope, one that changes something and one that fails.</summary>
internal sealed class SmallService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SmallService(WebApplication app) => _app = app;

    internal static async Task<SmallService> StartAsync(params (string Name, string Value)[] settings)
    {
        // Development, as under the AppHost: the developer's exception page must not show either.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)));
        builder.AddServiceDefaults();

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGet("/ingest", () => "in").RequireScope(Scopes.Ingest);
        app.MapGet("/read", () => "out").RequireScope(Scopes.Read);
        app.MapPost("/change", () => "changed");
        app.MapGet("/fail", IResult () => throw new InvalidOperationException("the secret detail"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SmallService(app);
    }

    internal Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _app.GetTestClient().SendAsync(request, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
