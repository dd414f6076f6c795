using Dunnhumby.Catalog;
using Dunnhumby.Migrator.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Migrator;

/// <summary>Brings the catalog to the current schema and sets the service roles up. Safe to run at every start.</summary>
public sealed partial class Migration(IDbContextFactory<LakeCatalog> catalogs, RoleSetup roles, ILogger<Migration> logger)
{
    /// <exception cref="InvalidOperationException">Another version of the application made the database, and this one does not know how. Nothing was changed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var foreign = (await catalog.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(catalog.Database.GetMigrations(), StringComparer.Ordinal).ToList();
        if (foreign.Count > 0)
        {
            throw new InvalidOperationException(
                $"Another version of the application made this database: it has migrations that this version does not know ({string.Join(", ", foreign)}). "
                + "Start that version, or give this one an empty database: locally, choose another DataDirectory or move .data away. Nothing was changed.");
        }

        var pending = (await catalog.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        await catalog.Database.MigrateAsync(cancellationToken);
        await roles.ApplyAsync(cancellationToken);
        Log.Migrated(logger, pending.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The catalog is up to date: {Applied} migrations applied")]
        public static partial void Migrated(ILogger logger, int applied);
    }
}
