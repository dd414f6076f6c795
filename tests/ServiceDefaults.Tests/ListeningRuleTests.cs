using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dunnhumby.ServiceDefaults.Requests;
using Dunnhumby.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Dunnhumby.ServiceDefaults.Tests;

/// <summary>Services are started here as a deployment would, on a port that the system chooses, and listen or refuse to.</summary>
public sealed class ListeningRuleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every way to name an address: the first word is the setting.</summary>
    public static TheoryData<string, string, bool> Addresses => new()
    {
        { "URLS", "http://localhost:{port}", true },
        { "URLS", "http://127.0.0.1:0", true },
        { "URLS", "http://127.1.2.3:0", true },
        { "URLS", "http://[::1]:0", true },
        { "URLS", "http://localhost:{port};http://127.0.0.1:0", true },
        { "Kestrel:Endpoints:Pages:Url", "http://localhost:{port}", true },
        { "URLS", "http://*:0", false },
        { "URLS", "http://+:0", false },
        { "URLS", "http://0.0.0.0:0", false },
        { "URLS", "http://[::]:0", false },
        { "URLS", "http://pages.example:0", false },
        { "URLS", "http://localhost.example:0", false },
        { "URLS", "http://10.0.0.1:0", false },
        { "URLS", "http://127.0.0.1:0;http://*:0", false },
        { "HTTP_PORTS", "0", false },
        { "Kestrel:Endpoints:Pages:Url", "http://*:0", false },
        { "Kestrel:Endpoints:Pages:Url", "http://0.0.0.0:0", false },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Start_WithoutSignIn_ListensOnThisMachineOnly(string setting, string value, bool allowed)
    {
        await using var service = Build((setting, WithPort(value)));

        if (allowed)
        {
            await service.StartAsync(Token);
        }
        else
        {
            var refused = await Should.ThrowAsync<InvalidOperationException>(() => service.StartAsync(Token));
            refused.Message.ShouldContain("SignIn__Authority");
            refused.Message.ShouldContain("ASPNETCORE_URLS=http://localhost:5100");
            refused.Message.ShouldContain("--insecure");
        }
    }

    [Theory]
    [InlineData("SignIn:Authority", "https://login.example.org")]
    [InlineData("insecure", "true")]
    public async Task Start_WithSignInOrTheWordFor_ListensEverywhere(string setting, string value)
    {
        await using var service = Build(("URLS", "http://*:0"), (setting, value));

        await service.StartAsync(Token);

        service.Urls.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("insecure", "false")]
    [InlineData("SignIn:Authority", "")]
    [InlineData("SignIn:Authority", " ")]
    public async Task Start_WithSettingsThatAreOff_IsRefused(string setting, string value)
    {
        await using var service = Build(("URLS", "http://*:0"), (setting, value));

        await Should.ThrowAsync<InvalidOperationException>(() => service.StartAsync(Token));
    }

    [Theory]
    [InlineData("ftp://login.example.org")]
    [InlineData("http://login.example.org")]
    [InlineData("login.example.org")]
    public async Task Start_WithAnAuthorityThatIsNone_SaysWhatItTakes(string authority)
    {
        await using var service = Build(("URLS", "http://127.0.0.1:0"), ("SignIn:Authority", authority));

        (await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => service.StartAsync(Token))).Message.ShouldContain("It takes an address that begins with https://");
    }

    [Fact]
    public async Task Start_WithAClientButNoAuthority_SaysWhatIsMissing()
    {
        await using var service = Build(("URLS", "http://127.0.0.1:0"), ("SignIn:ClientId", "pages"));

        (await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => service.StartAsync(Token))).Message.ShouldContain("SignIn__Authority is not");
    }

    /// <summary>An address that code asks for is checked as those of the configuration are.</summary>
    [Fact]
    public async Task Start_ListeningByCode_IsRefusedToo()
    {
        await using var service = Build(configure: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(0)));

        await Should.ThrowAsync<InvalidOperationException>(() => service.StartAsync(Token));
    }

    [Fact]
    public async Task Start_OnASocketOfTheFileSystem_Listens()
    {
        var path = Path.Combine(Path.GetTempPath(), $"dunnhumby-{Guid.NewGuid():N}.sock");
        await using var service = Build(("URLS", $"http://unix:{path}"));

        await service.StartAsync(Token);

        File.Exists(path).ShouldBeTrue();
    }

    [Fact]
    public async Task Insecure_IsWarnedOfAtOnceAndEachMinute()
    {
        var time = new FakeTimeProvider();
        using var log = new LogLines(LogLevel.Warning);
        await using var service = Build([("URLS", "http://*:0"), ("insecure", "true")], builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Logging.AddProvider(log);
        });

        await service.StartAsync(Token);
        var before = Count(log.Written);
        before.ShouldBeGreaterThan(0);
        for (var minute = 1; minute <= 3; minute++)
        {
            time.Advance(ListeningRule.Reminder);
            await Eventually.TrueAsync(() => Count(log.Written) == before + minute);
        }
    }

    [Theory]
    [InlineData("--insecure")]
    [InlineData("--insecure", "--urls", "http://*:0")]
    [InlineData("--urls", "http://*:0", "--insecure")]
    [InlineData("--insecure", "true")]
    [InlineData("--insecure=true")]
    public async Task CommandLine_BareWord_CountsAndLeavesTheOthersAlone(params string[] arguments)
    {
        await using var service = Build(configure: builder =>
        {
            builder.Configuration.AddCommandLine(arguments);
            builder.TakeFlag(["program.dll", .. arguments]);
        });

        service.Configuration.GetValue<bool>("insecure").ShouldBeTrue();
        service.Configuration["urls"].ShouldBe(arguments.Contains("--urls", StringComparer.Ordinal) ? "http://*:0" : null);
    }

    [Theory]
    [InlineData("10.0.0.1", false)]
    [InlineData("192.168.1.5", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("127.255.255.254", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.9", true)]
    [InlineData("::ffff:10.0.0.1", false)]
    public void IsThisMachine_Address_IsLoopback(string address, bool expected) =>
        ListeningRule.IsThisMachine(new IPEndPoint(IPAddress.Parse(address), 5100)).ShouldBe(expected);

    private static int Count(IEnumerable<string> lines) => lines.Count(line => line.StartsWith("Insecure: ", StringComparison.Ordinal));

    /// <summary>The name localhost takes no port that the system chooses, and needs one that is free on both of its addresses.</summary>
    private static string WithPort(string value)
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            try
            {
                using var other = new TcpListener(IPAddress.IPv6Loopback, port);
                other.Start();
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                continue;
            }
            catch (SocketException)
            {
                // A machine without the second address.
            }

            return value.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }
    }

    private static WebApplication Build(params (string Name, string Value)[] settings) => Build(settings, configure: null);

    private static WebApplication Build(Action<WebApplicationBuilder> configure) => Build([], configure);

    private static WebApplication Build((string Name, string Value)[] settings, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)));
        builder.AddServiceDefaults();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }
}
