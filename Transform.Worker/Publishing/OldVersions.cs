using Dunnhumby.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>
/// Removes what no reader needs: versions beyond the kept number, and schemas that belong to no version. A table that a newer version shows stays, and its
/// schema with it.
/// </summary>
internal sealed partial class OldVersions(IDbContextFactory<LakeCatalog> catalogs, IOptions<TransformOptions> options, ILogger<OldVersions> logger)
{
    internal async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var old = await catalog.Versions.AsNoTracking()
            .OrderByDescending(version => version.Version)
            .Skip(options.Value.KeepVersions)
            .Select(version => version.SchemaName)
            .ToListAsync(cancellationToken);

        // A schema under construction is invisible until its transaction commits: what is seen here and has no version is left over.
        var orphans = await catalog.Database.SqlQuery<string>(
            $"""
            select nspname::text as "Value"
            from pg_namespace
            where nspname ~ '^insights_(v|build_)[0-9]' and nspname not in (select schema_name from insights.versions)
            """).ToListAsync(cancellationToken);

        // The newest first: a version's views are of older versions' tables.
        foreach (var schema in old.Concat(orphans).OrderDescending(StringComparer.Ordinal))
        {
            await RemoveAsync(catalog, schema, cancellationToken);
        }

        if (old.Count > 0)
        {
            await TrimAsync(catalog, cancellationToken);
        }
    }

    /// <summary>Removes the rows that none of the kept versions has.</summary>
    private static async Task TrimAsync(LakeCatalog catalog, CancellationToken cancellationToken)
    {
        var shown = await catalog.VersionTables.AsNoTracking()
            .Where(table => table.RowsSchema != null)
            .GroupBy(table => new { table.Name, table.RowsSchema })
            .Select(group => new { group.Key.Name, Schema = group.Key.RowsSchema!, Oldest = group.Min(table => table.RowsVersion) }) // Not null: filtered.
            .ToListAsync(cancellationToken);
        if (shown.Count == 0)
        {
            return;
        }

#pragma warning disable EF1002 // The names come from the register, which the publisher fills.
        await catalog.Database.ExecuteSqlRawAsync(string.Join(';', shown.Select(rows => RowsTable.Trim(rows.Schema, rows.Name, rows.Oldest))), cancellationToken);
#pragma warning restore EF1002
    }

    private async Task RemoveAsync(LakeCatalog catalog, string schema, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
            await catalog.Versions.Where(version => version.SchemaName == schema).ExecuteDeleteAsync(cancellationToken);
            var relations = await catalog.Database.SqlQuery<Relation>(
                $"""
                select relname::text as name, relkind = 'v' as is_view, exists (
                    select from pg_depend
                    join pg_rewrite on classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid
                    join pg_class as shown on shown.oid = ev_class
                    where refclassid = 'pg_class'::regclass and refobjid = pg_class.oid and shown.relnamespace <> pg_class.relnamespace
                ) as is_shown
                from pg_class
                where relnamespace = to_regnamespace({schema}) and relkind in ('r', 'v')
                """).ToListAsync(cancellationToken);

            // Never with what depends on it: a version that is being published may have begun to show one of the tables.
            var drops = relations.Where(relation => !relation.IsShown).OrderByDescending(relation => relation.IsView).Select(relation => $"drop {(relation.IsView ? "view" : "table")} {schema}.{relation.Name};");
            var end = relations.Any(relation => relation.IsShown) ? "" : $"drop schema {schema}";
#pragma warning disable EF1002 // The names come from the catalog, and DDL takes no parameters.
            await catalog.Database.ExecuteSqlRawAsync($"set local lock_timeout = '5s'; {string.Concat(drops)} {end}", cancellationToken);
#pragma warning restore EF1002
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.DependentObjectsStillExist or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedTable)
        {
            // Somebody still reads it, or another worker removed it: the next run looks again.
            Log.NotRemoved(logger, schema, busy);
        }
    }

    private sealed record Relation(string Name, bool IsView, bool IsShown);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The schema {Schema} could not be removed now")]
        public static partial void NotRemoved(ILogger logger, string schema, Exception reason);
    }
}
