using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Dunnhumby.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace Dunnhumby.Hosting.Local.Dashboard.Tests.Application;

/// <summary>A small application with its dashboard, and a browser: a web server, one that writes what it should not, one that waits, one that is started by hand.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    public const string SecretText = "open-sesame";

    private const string WebServer = "require('http').createServer((request, answer) => answer.end('ok')).listen(process.env.PORT, 'localhost')";

    // Markup, colours, a title, a cleared screen, reversed text, NUL, bytes that are no UTF-8, and a line of a million characters.
    private const string Hostile = """
        printf '<script>document.title="owned"</script><img src=x onerror="document.title=1">\n'
        printf '\033[1;31mred alert\033[0m \033]0;title\007after \033[2J\033[Hcleared\n'
        printf 'user\342\200\256txt.exe\342\201\246 end\n'
        printf 'nul\000inside\n'
        printf 'broken \377\376 bytes\n' >&2
        head -c 1000000 /dev/zero | tr '\0' x; echo
        echo 'the end of it'
        exec sleep 1000
        """;

    private RunningApplication? _application;
    private Chromium? _chromium;

    internal RunningApplication Application => _application ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _application = await RunningApplication.StartAsync(Model, "--DcpPublisher:RandomizePorts=true");
        _chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }

    /// <summary>A page of the dashboard in a browser that is logged in.</summary>
    internal async Task<IPage> OpenAsync(string path, ColorScheme scheme = ColorScheme.Light)
    {
        var chromium = _chromium ?? throw new InvalidOperationException("Not started.");
        return await chromium.OpenAsync(new Uri($"{Application.Settings.LoginUrl}&returnUrl={Uri.EscapeDataString(path)}"), scheme);
    }

    private static void Model(IDistributedApplicationBuilder builder)
    {
        var secret = builder.AddParameter("secret-word", SecretText, secret: true);
        var web = builder.AddExecutable("web", "node", ".", "-e", WebServer)
            .WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/").WithEnvironment("SECRET_WORD", secret)
            .WithCommand("greet", "Greet", _ => Task.FromResult(CommandResults.Failure("nobody there")), new CommandOptions { ConfirmationMessage = "Greet now?" });
        builder.AddExecutable("noisy", "sh", ".", "-c", Hostile);
        var later = builder.AddExecutable("later", "sleep", ".", "1000").WithExplicitStart();
        builder.AddExecutable("waiter", "sleep", ".", "1000").WithReference(web.GetEndpoint("http")).WaitFor(later);
    }
}
