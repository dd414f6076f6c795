using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Versions;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>The version that readers have.</summary>
internal sealed class PublishedVersion(IDbContextFactory<LakeCatalog> catalogs)
{
    /// <summary>Whether the current version has this fingerprint and no table in it failed: a run would change nothing.</summary>
    internal async Task<bool> IsAsync(string fingerprint, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var current = await catalog.Versions
            .AsNoTracking()
            .OrderByDescending(version => version.Version)
            .Select(version => new { version.Fingerprint, IsFresh = version.Tables.All(table => table.State == TableStates.Fresh) })
            .FirstOrDefaultAsync(cancellationToken);
        return current is { IsFresh: true } && string.Equals(current.Fingerprint, fingerprint, StringComparison.Ordinal);
    }

    /// <summary>Whether anything was published.</summary>
    internal async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await catalog.Versions.AnyAsync(cancellationToken);
    }

    /// <summary>The current version with all that it says about itself; null when nothing was published.</summary>
    internal static Task<VersionEntity?> FindAsync(LakeCatalog catalog, CancellationToken cancellationToken) => catalog.Versions
        .AsNoTracking()
        .AsSplitQuery()
        .Include(version => version.Tables)
        .Include(version => version.Loads)
        .Include(version => version.Notices)
        .OrderByDescending(version => version.Version)
        .FirstOrDefaultAsync(cancellationToken);
}
