using System.Globalization;
using Dunnhumby.Catalog;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Which key sent a file or an archive, whether it is being read here or elsewhere or was loaded.</summary>
internal sealed class KeyOwnership(RunningUploads uploads, IDbContextFactory<LakeCatalog> catalogs)
{
    internal async Task<bool> IsLoadOfAsync(long id, string key, CancellationToken cancellationToken)
    {
        if (uploads.Find(id) is { } here)
        {
            return IsSame(here.Key, key);
        }

        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await catalog.Loads.AnyAsync(load => load.Id == id && load.KeyFingerprint == key, cancellationToken)
            || await catalog.RunningLoads.AnyAsync(load => load.Id == id && load.KeyFingerprint == key, cancellationToken);
    }

    internal async Task<bool> IsBatchOfAsync(long id, string key, CancellationToken cancellationToken)
    {
        if (uploads.All.Any(here => here.BatchId == id && IsSame(here.Key, key)))
        {
            return true;
        }

        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await catalog.Batches.AnyAsync(batch => batch.Id == id && batch.KeyFingerprint == key, cancellationToken)
            || await catalog.RunningLoads.AnyAsync(load => load.BatchId == id && load.KeyFingerprint == key, cancellationToken);
    }

    private static bool IsSame(string? owner, string key) => string.Equals(owner, key, StringComparison.Ordinal);
}

internal static class KeyOwnershipExtensions
{
    /// <summary>A ticket sees what its own key sent. Anything else is unknown to it, so that ids cannot be tried out.</summary>
    internal static RouteHandlerBuilder TicketsSeeTheirOwn(
        this RouteHandlerBuilder endpoint, Func<KeyOwnership, long, string, CancellationToken, Task<bool>> isOwn, Func<long, ProblemHttpResult> unknown) =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (!http.User.HasClaim(ApiKeyExtensions.ScopeClaim, TicketHandler.UploadScope))
            {
                return await next(context);
            }

            var id = long.Parse($"{http.GetRouteValue("id")}", CultureInfo.InvariantCulture);
            return await isOwn(http.RequestServices.GetRequiredService<KeyOwnership>(), id, http.User.KeyFingerprint(), http.RequestAborted) ? await next(context) : unknown(id);
        });
}
