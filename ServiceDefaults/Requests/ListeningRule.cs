using System.Net;
using System.Net.Sockets;
using Dunnhumby.ServiceDefaults.SignIn;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.Requests;

/// <summary>
/// Keeps a service on its own machine as long as nobody has to sign in. It checks every address when the server opens it, however it was
/// configured. <c>--insecure</c> says that this is intended; then a warning repeats each minute.
/// </summary>
internal sealed partial class ListeningRule(IConfiguration configuration, IOptions<SignInOptions> signIn, TimeProvider time, ILogger<ListeningRule> logger) : BackgroundService
{
    internal const string Setting = "insecure";

    internal static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private volatile EndPoint? _open;

    /// <exception cref="InvalidOperationException">The service must not listen there; the message says what to set.</exception>
    internal void Check(EndPoint address)
    {
        if (signIn.Value.IsOn || IsThisMachine(address))
        {
            return;
        }

        if (!configuration.GetValue(Setting, defaultValue: false))
        {
            throw new InvalidOperationException(
                $"This service is configured to listen on {address}, where other machines reach it, and nobody would have to sign in. Do one of these: "
                + $"set SignIn__Authority to the address of your OpenID Connect provider (the dashboard also needs SignIn__ClientId and SignIn__ClientSecret); "
                + $"listen on this machine only, for example with ASPNETCORE_URLS=http://localhost:5100; "
                + $"or, if something else keeps strangers out, start it with --{Setting} (or set {Setting}=true).");
        }

        _open = address;
        Log.Open(logger, $"{address}");
    }

    /// <summary>Whether only programs of this machine can connect to it. A socket that was handed over may be anywhere.</summary>
    internal static bool IsThisMachine(EndPoint address) => address switch
    {
        IPEndPoint { Address: var ip } => IPAddress.IsLoopback(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip),
        UnixDomainSocketEndPoint => true,
        _ => address.GetType().Name is "NamedPipeEndPoint",
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Reminder, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (_open is { } address)
            {
                Log.Open(logger, $"{address}");
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Insecure: {Address} is open to other machines, and nobody has to sign in. Set SignIn__Authority and remove --insecure")]
        public static partial void Open(ILogger logger, string address);
    }
}

internal static class ListeningRuleExtensions
{
    private const string Flag = $"--{ListeningRule.Setting}";

    internal static void AddListeningRule(this IHostApplicationBuilder builder)
    {
        builder.TakeFlag(Environment.GetCommandLineArgs());
        builder.Services.AddSingleton<ListeningRule>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ListeningRule>());
    }

    /// <summary>A word of the command line without a value is not read as a setting, or the word after it is taken for its value.</summary>
    internal static void TakeFlag(this IHostApplicationBuilder builder, string[] arguments)
    {
        var at = Array.IndexOf(arguments, Flag);
        if (at >= 0 && !(at + 1 < arguments.Length && bool.TryParse(arguments[at + 1], out _)))
        {
            builder.Configuration.AddCommandLine([.. arguments[1..at], .. arguments[(at + 1)..], $"{Flag}=true"]);
        }
    }
}
