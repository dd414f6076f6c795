using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Dunnhumby.Catalog;

/// <summary>Registration of the catalog.</summary>
public static class CatalogExtensions
{
    /// <summary>
    /// Adds <see cref="LakeCatalog"/> (scoped, and as a factory) over the registered <see cref="NpgsqlDataSource"/>, with the metrics of EF Core. Its commands are
    /// not retried one by one: they run in transactions that are retried as a whole, where they are.
    /// </summary>
    public static TBuilder AddLakeCatalog<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddDbContextFactory<LakeCatalog>((services, options) => options.UseCatalog(services.GetRequiredService<NpgsqlDataSource>()));
        builder.EnrichNpgsqlDbContext<LakeCatalog>(settings =>
        {
            settings.DisableRetry = true;
            // The data source has both.
            settings.DisableHealthChecks = true;
            settings.DisableTracing = true;
            settings.DisableMetrics = string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        });
        return builder;
    }

    /// <summary>How the catalog's context connects and names things.</summary>
    public static DbContextOptionsBuilder UseCatalog(this DbContextOptionsBuilder options, NpgsqlDataSource database) => options
        .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations", LakeCatalog.Schema))
        .UseSnakeCaseNamingConvention();
}
