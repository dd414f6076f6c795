using Dunnhumby.Catalog.Care;
using Dunnhumby.Catalog.Loads;
using Dunnhumby.Catalog.Messages;
using Dunnhumby.Catalog.Runs;
using Dunnhumby.Catalog.Versions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Dunnhumby.Catalog;

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

    /// <summary>The sequence that batch ids come from.</summary>
    public const string BatchIds = "batch_ids";

    public DbSet<LoadEntity> Loads => Set<LoadEntity>();

    public DbSet<LakeFileEntity> Files => Set<LakeFileEntity>();

    public DbSet<RetiredFileEntity> RetiredFiles => Set<RetiredFileEntity>();

    public DbSet<CareRoundEntity> CareRounds => Set<CareRoundEntity>();

    public DbSet<QuarantinedRowEntity> QuarantinedRows => Set<QuarantinedRowEntity>();

    public DbSet<MendedRowEntity> MendedRows => Set<MendedRowEntity>();

    public DbSet<BatchEntity> Batches => Set<BatchEntity>();

    public DbSet<RunningLoadEntity> RunningLoads => Set<RunningLoadEntity>();

    public DbSet<IdempotencyEntity> IdempotencyKeys => Set<IdempotencyEntity>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    public DbSet<RunEntity> Runs => Set<RunEntity>();

    public DbSet<VersionEntity> Versions => Set<VersionEntity>();

    public DbSet<VersionTableEntity> VersionTables => Set<VersionTableEntity>();

    /// <summary>The next batch id. Ids of batches that are refused are not used again.</summary>
    public async Task<long> NextBatchIdAsync(CancellationToken cancellationToken) =>
        await Database.SqlQueryRaw<long>($"select nextval('{Schema}.{BatchIds}') as \"Value\"").SingleAsync(cancellationToken);

    /// <summary>The next load id. Ids of uploads that fail are not used again.</summary>
    public async Task<long> NextLoadIdAsync(CancellationToken cancellationToken) =>
        await Database.SqlQueryRaw<long>($"select nextval('{Schema}.{LoadIds}') as \"Value\"").SingleAsync(cancellationToken);

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.HasDefaultSchema(Schema);
        // For the search of published texts. A trusted extension: the database's owner may create it.
        modelBuilder.HasPostgresExtension(InsightsSchema, "pg_trgm");
        modelBuilder.HasSequence<long>(LoadIds);
        modelBuilder.HasSequence<long>(BatchIds);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(LakeCatalog).Assembly);
    }
}

/// <summary>Lets <c>dotnet ef migrations add</c> build the model without a server.</summary>
internal sealed class LakeCatalogDesignTimeFactory : IDesignTimeDbContextFactory<LakeCatalog>
{
    public LakeCatalog CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<LakeCatalog>();
        options.UseCatalog(NpgsqlDataSource.Create("Host=localhost"));
        return new LakeCatalog(options.Options);
    }
}
