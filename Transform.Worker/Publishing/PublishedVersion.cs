using Dunnhumby.Lake.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>The version that readers have.</summary>
internal sealed class PublishedVersion(IDbContextFactory<LakeCatalog> catalogs)
{
    /// <summary>Whether the current version has this fingerprint.</summary>
    internal async Task<bool> IsAsync(string fingerprint, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var current = await catalog.Versions
            .AsNoTracking()
            .OrderByDescending(version => version.Version)
            .Select(version => version.Fingerprint)
            .FirstOrDefaultAsync(cancellationToken);
        return string.Equals(current, fingerprint, StringComparison.Ordinal);
    }

    /// <summary>Whether anything was published.</summary>
    internal async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await catalog.Versions.AnyAsync(cancellationToken);
    }
}
