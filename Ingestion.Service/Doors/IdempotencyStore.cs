using Dunnhumby.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>Keeps keys and their answers in the catalog, for all replicas.</summary>
internal sealed class IdempotencyStore(IDbContextFactory<LakeCatalog> catalogs, IOptions<IngestionOptions> options, TimeProvider time)
{
    /// <summary>A key that is not renewed for this long lost its request: its replica died.</summary>
    internal static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    /// <summary>Claims a key for a request, or says why it cannot.</summary>
    internal async Task<KeyClaim> ClaimAsync(string caller, string key, string request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var holder = Guid.CreateVersion7(now);
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var expired = now - options.Value.IdempotencyKeyLifetime;
        await catalog.IdempotencyKeys.Where(row => row.CreatedAt < expired && row.HeldUntil < now).ExecuteDeleteAsync(cancellationToken);

        // One statement decides between requests at once. An abandoned claim is taken over, for whatever it was: it was never answered.
        var claimed = await catalog.Database.ExecuteSqlAsync(
            $"""
            insert into catalog.idempotency_keys (caller, key, request, created_at, held_until, holder)
            values ({caller}, {key}, {request}, {now}, {now + Hold}, {holder})
            on conflict (caller, key) do update set request = excluded.request, held_until = excluded.held_until, holder = excluded.holder
            where idempotency_keys.status is null and idempotency_keys.held_until < {now}
            """,
            cancellationToken);
        if (claimed == 1)
        {
            return new KeyClaim.Held(holder);
        }

        var row = await catalog.IdempotencyKeys.AsNoTracking().SingleOrDefaultAsync(found => found.Caller == caller && found.Key == key, cancellationToken);
        return row switch
        {
            { Request: var earlier } when !string.Equals(earlier, request, StringComparison.Ordinal) => new KeyClaim.Reused(),
            { Status: { } status, BodySha256: { } hash, Body: { } body, ContentType: { } type } => new KeyClaim.Answered(hash, new StoredAnswer(status, row.Location, type, body)),

            // Under way, or given up between the two statements: the client tries again either way.
            _ => new KeyClaim.Busy(),
        };
    }

    /// <summary>Says that the request is still under way.</summary>
    internal async Task RenewAsync(Guid holder, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Hold;
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await catalog.IdempotencyKeys.Where(row => row.Holder == holder && row.Status == null)
            .ExecuteUpdateAsync(row => row.SetProperty(key => key.HeldUntil, until), cancellationToken);
    }

    /// <summary>Keeps the answer for requests to come.</summary>
    internal async Task AnswerAsync(Guid holder, string bodySha256, StoredAnswer answer, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await catalog.IdempotencyKeys.Where(row => row.Holder == holder && row.Status == null)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(key => key.BodySha256, bodySha256)
                    .SetProperty(key => key.Status, answer.Status)
                    .SetProperty(key => key.Location, answer.Location)
                    .SetProperty(key => key.ContentType, answer.ContentType)
                    .SetProperty(key => key.Body, answer.Body),
                cancellationToken);
    }

    /// <summary>Gives the key back: the request came to nothing, and the next one with it is as good as the first.</summary>
    internal async Task ReleaseAsync(Guid holder, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await catalog.IdempotencyKeys.Where(row => row.Holder == holder && row.Status == null).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>What a request with a key meets.</summary>
internal abstract record KeyClaim
{
    /// <summary>The key is ours until the request is answered.</summary>
    internal sealed record Held(Guid Holder) : KeyClaim;

    /// <summary>A request with this key is under way.</summary>
    internal sealed record Busy : KeyClaim;

    /// <summary>The key was used for something else than this request.</summary>
    internal sealed record Reused : KeyClaim;

    /// <summary>The request was answered, if its content is the one with <paramref name="BodySha256"/>.</summary>
    internal sealed record Answered(string BodySha256, StoredAnswer Answer) : KeyClaim;
}

/// <summary>The answer to a request, as it is kept.</summary>
internal sealed record StoredAnswer(int Status, string? Location, string ContentType, string Body);
