extern alias Migrator;

using Dunnhumby.Catalog;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Migrator::Dunnhumby.Migrator;
using Migrator::Dunnhumby.Migrator.Roles;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tests.Warehouses;

/// <summary>A database of its own, migrated and with the service roles; versions are published into it as the transformer would.</summary>
public sealed class Warehouse : IAsyncDisposable
{
    internal const string ReaderPassword = "reader-password";

    // Roles belong to the whole server: two databases must not set them up at once.
    private static readonly SemaphoreSlim Roles = new(1, 1);

    private readonly NpgsqlDataSource _owner;

    private Warehouse(string connectionString)
    {
        _owner = NpgsqlDataSource.Create(connectionString);
        ReaderConnection = new NpgsqlConnectionStringBuilder(connectionString) { Username = "reader", Password = ReaderPassword }.ConnectionString;
    }

    /// <summary>What the API connects with: it may read published versions and nothing else.</summary>
    public string ReaderConnection { get; }

    public static async Task<Warehouse> CreateAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        var database = await TransformedJourney.EmptyAsync(postgres, cancellationToken);
        await MigrateAsync(database, ownServer: false, cancellationToken);
        return new Warehouse(database);
    }

    /// <summary>The small journey as the worker published it.</summary>
    public static async Task<Warehouse> OfJourneyAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        var database = await TransformedJourney.PublishedAsync(postgres, cancellationToken);
        await MigrateAsync(database, ownServer: false, cancellationToken);
        return new Warehouse(database);
    }

    /// <summary>The three versions of <see cref="VersionedJourney"/>.</summary>
    public static async Task<Warehouse> OfVersionsAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        var database = await VersionedJourney.PublishedAsync(postgres, cancellationToken);
        await MigrateAsync(database, ownServer: false, cancellationToken);
        return new Warehouse(database);
    }

    /// <summary>Lets the migrator at a database.</summary>
    internal static async Task MigrateAsync(string database, bool ownServer, CancellationToken cancellationToken)
    {
        await using var owner = NpgsqlDataSource.Create(database);
        var roles = new RoleSetup(owner, Options.Create(new RoleOptions { Reader = ReaderPassword, OwnServer = ownServer }));
        await Roles.WaitAsync(cancellationToken);
        try
        {
            await new Migration(new Catalogs(owner), roles, NullLogger<Migration>.Instance).RunAsync(cancellationToken);
        }
        finally
        {
            Roles.Release();
        }
    }

    /// <summary>Publishes the version of <c>SmallVersion.sql</c> under a number, in one transaction, as role transformer.</summary>
    public async Task PublishAsync(int version, CancellationToken cancellationToken)
    {
        await using var stream = typeof(Warehouse).Assembly.GetManifestResourceStream($"{typeof(Warehouse).Namespace}.SmallVersion.sql").ShouldNotBeNull();
        using var reader = new StreamReader(stream);
        var sql = (await reader.ReadToEndAsync(cancellationToken))
            .Replace("{schema}", SchemaOf(version), StringComparison.Ordinal)
            .Replace("{version}", $"{version}", StringComparison.Ordinal);
        await ExecuteAsync($"begin; set local role transformer; {sql} commit;", cancellationToken);
    }

    /// <summary>Lets whoever reads a table wait until the result is disposed of.</summary>
    public async Task<IAsyncDisposable> HoldAsync(string table, CancellationToken cancellationToken)
    {
        var holder = await _owner.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"begin; lock table {table} in access exclusive mode", holder);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return holder;
    }

    /// <summary>Returns once somebody waits for a table that is held.</summary>
    public Task UntilSomebodyWaitsAsync(CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () =>
        {
            await using var command = _owner.CreateCommand("select exists (select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database()))");
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        },
        what: "somebody waits for a table");

    /// <summary>Removes a version's tables, as the transformer does with versions that are too old.</summary>
    public Task DropSchemaAsync(int version, CancellationToken cancellationToken) =>
        ExecuteAsync($"drop schema {SchemaOf(version)} cascade", cancellationToken);

    /// <summary>The first column of a query's rows.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _owner.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> texts = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add($"{reader.GetValue(0)}");
        }

        return texts;
    }

    public static string SchemaOf(int version) => $"insights_v{version:D6}";

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync() => await _owner.DisposeAsync();

    private sealed class Catalogs(NpgsqlDataSource database) : IDbContextFactory<LakeCatalog>
    {
        public LakeCatalog CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<LakeCatalog>();
            options.UseCatalog(database);
            return new LakeCatalog(options.Options);
        }
    }
}
