using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Versions;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>The version that readers have.</summary>
internal sealed class PublishedVersion(IDbContextFactory<LakeCatalog> catalogs)
{
    /// <summary>Whether a version has this fingerprint and no table in it failed: a run would change nothing.</summary>
    internal static bool Is(VersionEntity? version, string fingerprint) =>
        version is not null
        && string.Equals(version.Fingerprint, fingerprint, StringComparison.Ordinal)
        && version.Tables.All(table => table.State is TableStates.Fresh or TableStates.Waiting);

    /// <summary>The current version with all that it says about itself; null when nothing was published.</summary>
    internal async Task<VersionEntity?> FindAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await FindAsync(catalog, cancellationToken);
    }

    /// <inheritdoc cref="FindAsync(CancellationToken)"/>
    internal static Task<VersionEntity?> FindAsync(LakeCatalog catalog, CancellationToken cancellationToken) =>
        Whole(catalog).OrderByDescending(version => version.Version).FirstOrDefaultAsync(cancellationToken);

    /// <summary>A version with all that it says about itself; null when it is not there.</summary>
    internal static Task<VersionEntity?> FindAsync(LakeCatalog catalog, int number, CancellationToken cancellationToken) =>
        Whole(catalog).Where(version => version.Version == number).SingleOrDefaultAsync(cancellationToken);

    private static IQueryable<VersionEntity> Whole(LakeCatalog catalog) => catalog.Versions
        .AsNoTracking()
        .AsSplitQuery()
        .Include(version => version.Tables)
        .Include(version => version.Loads)
        .Include(version => version.Notices);
}
