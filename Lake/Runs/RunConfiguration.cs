using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Lake.Runs;

internal sealed class RunConfiguration : IEntityTypeConfiguration<RunEntity>
{
    public void Configure(EntityTypeBuilder<RunEntity> builder)
    {
        builder.ToTable("runs");
        builder.Property(run => run.Id).UseIdentityAlwaysColumn();
        builder.Property(run => run.Attempt).HasDefaultValue(1);
        builder.Property(run => run.FailedTables).HasDefaultValueSql("'{}'");
        builder.Property(run => run.SuspectedLoads).HasDefaultValueSql("'{}'");
        builder.HasIndex(run => run.State)
            .IsUnique()
            .HasFilter($"state in ('{RunStates.Pending}', '{RunStates.Running}')")
            .HasDatabaseName("ux_runs_active");
    }
}
