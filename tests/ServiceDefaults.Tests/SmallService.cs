using System.Net;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.ServiceDefaults.Tests;

/// <summary>A service with nothing but the defaults: one endpoint per scope, one that changes something and one that fails.</summary>
internal sealed class SmallService : IAsyncDisposable
{
    /// <summary>The test server has no connections: this header says which address a request comes from.</summary>
    internal const string Address = "Test-Address";

    private readonly WebApplication _app;
    private readonly LogLines _lines;

    private SmallService(WebApplication app, LogLines lines) => (_app, _lines) = (app, lines);

    /// <summary>What was logged so far.</summary>
    internal IEnumerable<string> Logged => _lines.Written;

    internal static async Task<SmallService> StartAsync(params (string Name, string Value)[] settings)
    {
        // Development, as under the AppHost: the developer's exception page must not show either.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        var lines = new LogLines();
        builder.Logging.AddProvider(lines);
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)));
        builder.AddServiceDefaults();

        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers.TryGetValue(Address, out var address) ? $"{address}" : "127.0.0.1");
            return next(context);
        });
        app.MapDefaultEndpoints();
        app.MapGet("/ingest", () => "in").RequireScope(Scopes.Ingest);
        app.MapGet("/read", (string? text) => $"out {text}").RequireScope(Scopes.Read);
        app.MapPost("/change", () => "changed");
        app.MapGet("/fail", IResult () => throw new InvalidOperationException("the secret detail"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SmallService(app, lines);
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
