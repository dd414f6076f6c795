using Dunnhumby.Lake.Inbox;
using Dunnhumby.Lake.Outbox;
using Dunnhumby.Lake.Runs;
using Dunnhumby.Lake.Versions;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Lake.Catalog;

/// <summary>
/// The catalog in Postgres: loads, the lake's files, quarantine, outbox, inbox and runs in schema <c>catalog</c>; published versions in schema
/// <c>insights</c>. The derived tables themselves are in one schema per version and are not part of this model.
/// </summary>
public sealed class LakeCatalog(DbContextOptions<LakeCatalog> options) : DbContext(options)
{
    /// <summary>The schema of everything but published versions.</summary>
    public const string Schema = "catalog";

    /// <summary>The schema of published versions, and of the views on the current one's tables.</summary>
    public const string InsightsSchema = "insights";

    /// <summary>The sequence that load ids come from.</summary>
    public const string LoadIds = "load_ids";

    public DbSet<LoadEntity> Loads => Set<LoadEntity>();

    public DbSet<LakeFileEntity> Files => Set<LakeFileEntity>();

    public DbSet<QuarantinedRowEntity> QuarantinedRows => Set<QuarantinedRowEntity>();

    public DbSet<MendedRowEntity> MendedRows => Set<MendedRowEntity>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    public DbSet<RunEntity> Runs => Set<RunEntity>();

    public DbSet<VersionEntity> Versions => Set<VersionEntity>();

    /// <summary>The next load id. Ids of uploads that fail are not used again.</summary>
    public async Task<long> NextLoadIdAsync(CancellationToken cancellationToken) =>
        await Database.SqlQueryRaw<long>($"select nextval('{Schema}.{LoadIds}') as \"Value\"").SingleAsync(cancellationToken);

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.HasSequence<long>(LoadIds);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(LakeCatalog).Assembly);
    }
}
