using Dunnhumby.TestSupport.Servers;
using Npgsql;

namespace Dunnhumby.Benchmarks.Stack;

/// <summary>
/// Postgres, RabbitMQ and services as real processes, with keys and database roles as in production, on an empty data directory. Postgres runs with its
/// defaults, fsync on: what it says is written is on disk.
/// </summary>
internal sealed class BenchmarkStack : IAsyncDisposable
{
    internal const string IngestKey = "benchmark-ingest-key-0123456789abcdef";
    internal const string ReadKey = "benchmark-read-key-0123456789abcdefgh";

    private const string Database = "warehouse";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dunnhumby-benchmark-");
    private readonly Dictionary<string, ServiceProcess> _services = new(StringComparer.Ordinal);
    private PostgresServer? _postgres;
    private RabbitMqServer? _broker;

    private BenchmarkStack()
    {
    }

    /// <summary>A scratch folder that goes with the stack.</summary>
    internal string Folder => _folder.FullName;

    internal string Lake => Path.Combine(Folder, "lake");

    internal PostgresServer Postgres => _postgres ?? throw new InvalidOperationException("The stack was not started.");

    /// <summary>A superuser's connection to the warehouse.</summary>
    internal string Warehouse => Postgres.ConnectionString(Database);

    internal ServiceProcess Ingestion => _services["Ingestion.Service"];

    internal ServiceProcess Insights => _services["Insights.Api"];

    internal ServiceProcess Dashboard => _services["Dashboard.Web"];

    internal ServiceProcess Worker => _services["Transform.Worker"];

    /// <summary>Ends a service and starts it again at its address, with further settings.</summary>
    internal async Task RestartAsync(string service, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var address = _services[service].Address;
        await _services[service].DisposeAsync();
        var environment = EnvironmentOf(service);
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        _services[service] = await ServiceProcess.StartAsync(service, address, environment, cancellationToken);
    }

    /// <summary>Starts the servers, migrates, and starts these services in order.</summary>
    internal static async Task<BenchmarkStack> StartAsync(IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        var stack = new BenchmarkStack();
        try
        {
            await stack.StartServersAsync(cancellationToken);
            foreach (var service in services)
            {
                stack._services.Add(service, await ServiceProcess.StartAsync(service, stack.EnvironmentOf(service), cancellationToken));
            }

            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.Values.Reverse())
        {
            await service.DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
        await (_broker?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    /// <summary>Runs a statement as superuser and returns its first value.</summary>
    internal async Task<object?> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Warehouse);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task StartServersAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Lake);
        _postgres = await PostgresServer.StartAsync(["fsync=on"], cancellationToken);
        _broker = await RabbitMqServer.StartAsync(cancellationToken);
        await using (var connection = new NpgsqlConnection(_postgres.ConnectionString()))
        {
            await connection.OpenAsync(cancellationToken);
            await using var create = new NpgsqlCommand($"create database {Database}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await ServiceProcess.RunAsync("Migrator", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__warehouse"] = Warehouse,
            ["Roles__loader"] = Postgres.Password,
            ["Roles__transformer"] = Postgres.Password,
            ["Roles__reader"] = Postgres.Password,
        });
    }

    private Dictionary<string, string?> EnvironmentOf(string service)
    {
        var role = service switch { "Ingestion.Service" => "loader", "Transform.Worker" => "transformer", _ => "reader" };
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ConnectionStrings__warehouse"] = Postgres.ConnectionString(Database, role, Postgres.Password),
            ["ConnectionStrings__lake"] = Lake,
            ["ConnectionStrings__messaging"] = _broker?.AmqpUri.ToString(),
            ["ApiKeys__ingest"] = IngestKey,
            ["ApiKeys__read"] = ReadKey,
            // What the load generator asks for in a second is more than one key may in use.
            ["Insights__RequestsPerSecond"] = "1000000",
            ["Signing__Secret"] = "benchmark-signing-secret-0123456789ab",
        };
        if (service is "Dashboard.Web" or "Insights.Api" && _services.TryGetValue("Transform.Worker", out var worker))
        {
            environment["services__transform__http__0"] = worker.Address.ToString();
        }

        if (service is "Dashboard.Web")
        {
            environment["services__ingestion__http__0"] = Ingestion.Address.ToString();
            environment["services__insights__http__0"] = Insights.Address.ToString();
        }

        return environment;
    }
}
