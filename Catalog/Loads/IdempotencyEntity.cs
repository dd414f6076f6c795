using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Loads;

/// <summary>A request with an <c>Idempotency-Key</c> and, once there is one, its answer: a row of <c>catalog.idempotency_keys</c>.</summary>
public sealed class IdempotencyEntity
{
    /// <summary>Fingerprint of who asked: keys of different callers do not meet.</summary>
    public required string Caller { get; init; }

    public required string Key { get; init; }

    /// <summary>Method, path and query.</summary>
    public required string Request { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>While there is no answer: until when the replica that works on it holds the key.</summary>
    public required DateTimeOffset HeldUntil { get; set; }

    /// <summary>The replica and request that hold it.</summary>
    public required Guid Holder { get; set; }

    /// <summary>SHA-256 of the body as sent; null until it is answered.</summary>
    public string? BodySha256 { get; set; }

    public int? Status { get; set; }
    public string? ContentType { get; set; }
    public string? Location { get; set; }
    public string? Body { get; set; }
}

internal sealed class IdempotencyConfiguration : IEntityTypeConfiguration<IdempotencyEntity>
{
    public void Configure(EntityTypeBuilder<IdempotencyEntity> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(key => new { key.Caller, key.Key });
        builder.HasIndex(key => key.CreatedAt).HasDatabaseName("ix_idempotency_keys_created_at");
    }
}
