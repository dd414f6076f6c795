using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Dunnhumby.Lake;

/// <summary>Registration of the lake's parts.</summary>
public static class LakeExtensions
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

    /// <summary>Adds <see cref="LakeLayout"/>, from the connection string <c>lake</c>: an absolute directory, made when it does not exist.</summary>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static TBuilder AddLakeFiles<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var layout = new LakeLayout(Path.GetFullPath(Required(builder.Configuration, "lake", "/path/of/the/lake")));
        PrivateFiles.CreateDirectory(layout.Root);
        PrivateFiles.CreateDirectory(layout.Staging);
        builder.Services.AddSingleton(layout);
        return builder;
    }

    /// <summary>Adds the dispatcher that sends what waits in the outbox. Needs the catalog and the bus.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services)
    {
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<OutboxReader>();
        services.AddHostedService<OutboxDispatcher>();
        services.AddHealthChecks().AddCheck<OutboxHealthCheck>("outbox");
        return services;
    }

    /// <summary>How the catalog's context connects and names things.</summary>
    public static DbContextOptionsBuilder UseCatalog(this DbContextOptionsBuilder options, NpgsqlDataSource database) => options
        .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations", LakeCatalog.Schema))
        .UseSnakeCaseNamingConvention();

    private static string Required(IConfiguration configuration, string name, string example) =>
        configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"The connection string '{name}' is missing: set ConnectionStrings__{name}={example}.");
}
