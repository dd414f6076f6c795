using System.Diagnostics;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;

/// <summary>The service as a process of its own at a fixed address, over the database and the lake of an <see cref="IngestionHost"/>: a second replica that can be killed.</summary>
internal sealed class ServiceUnderKill(IngestionHost host) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private Process? _process;

    internal Uri Address { get; } = new($"http://127.0.0.1:{LoopbackPort.Next()}");

    internal async Task StartAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Dunnhumby.Ingestion.Service")) { WorkingDirectory = AppContext.BaseDirectory };
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        start.Environment["ConnectionStrings__warehouse"] = host.Database;
        start.Environment["ConnectionStrings__lake"] = host.Lake;
        start.Environment["ConnectionStrings__messaging"] = host.Broker.ToString();
        start.Environment["ApiKeys__Ingest"] = IngestionHost.IngestKey;
        start.Environment["Signing__Secret"] = IngestionHost.SigningSecret;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        _process = Process.Start(start);
        using var client = new HttpClient();
        await Eventually.TrueAsync(() => AnswersAsync(client), Limit);
    }

    /// <summary>SIGKILL.</summary>
    internal async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task<bool> AnswersAsync(HttpClient client)
    {
        if (_process is not { HasExited: false })
        {
            throw new InvalidOperationException("The service ended.");
        }

        try
        {
            using var response = await client.GetAsync(new Uri(Address, "/alive"), TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
