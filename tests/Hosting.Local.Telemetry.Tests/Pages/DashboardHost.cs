using System.Net.Http.Headers;
using System.Text.Json;
using Aspire.Hosting;
using Dunnhumby.EndToEnd.Tests.Browser;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Pages;

/// <summary>The dashboard of an application without resources, and a browser that looks at it. Telemetry comes in over OTLP, as in real life.</summary>
public sealed class DashboardHost : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("telemetry-pages-");
    private readonly DistributedApplication _application;
    private readonly HttpClient _otlp = new();
    private Chromium? _chromium;

    public DashboardHost()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            ProjectDirectory = _folder.FullName,
            Args = ["--DcpPublisher:RandomizePorts=true", $"--DataDirectory={_folder.FullName}", "--ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true"],
        });
        _application = builder.Build();
    }

    internal TelemetryStore Store => _application.Services.GetRequiredService<TelemetryStore>();

    internal Uri Address { get; private set; } = new("http://localhost");

    public async ValueTask InitializeAsync()
    {
        await _application.StartAsync(TestContext.Current.CancellationToken);
        // Written when the dashboard listens.
        var file = Path.Combine(_folder.FullName, "dashboard.json");
        await Eventually.GetAsync(() => File.Exists(file) ? file : null);
        using var facts = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        Address = new Uri(Text("url"));
        _otlp.BaseAddress = new Uri(Text("otlpHttp"));
        _otlp.DefaultRequestHeaders.Add(OtlpKeyExtensions.Header, Text("otlpApiKey"));
        _chromium = await Chromium.StartAsync();

        string Text(string name) => facts.RootElement.GetProperty(name).GetString() ?? throw new InvalidOperationException($"{name} is missing.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        _otlp.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Opens a page, by what follows the dashboard's address.</summary>
    internal Task<IPage> OpenAsync(string path, ColorScheme scheme = ColorScheme.Light) =>
        _chromium is null ? throw new InvalidOperationException("Not started.") : _chromium.OpenAsync(new Uri(Address, path), scheme);

    /// <param name="signal">traces, logs or metrics.</param>
    internal async Task SendAsync(string signal, IMessage message)
    {
        using var content = new ByteArrayContent(message.ToByteArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };
        using var response = await _otlp.PostAsync($"v1/{signal}", content, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
