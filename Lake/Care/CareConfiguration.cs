using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Lake.Care;

internal sealed class CareConfiguration : IEntityTypeConfiguration<RetiredFileEntity>, IEntityTypeConfiguration<CareRoundEntity>
{
    public void Configure(EntityTypeBuilder<RetiredFileEntity> builder)
    {
        builder.ToTable("retired_files");
        builder.HasKey(file => file.Path);
    }

    public void Configure(EntityTypeBuilder<CareRoundEntity> builder)
    {
        builder.ToTable("care_rounds");
        builder.Property(round => round.Id).UseIdentityAlwaysColumn();
    }
}
