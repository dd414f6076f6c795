using Dunnhumby.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Dunnhumby.ServiceDefaults.Warehouse;

/// <summary>Postgres through Aspire's client integration.</summary>
public static class WarehouseExtensions
{
    /// <summary>
    /// Adds the <see cref="NpgsqlDataSource"/> of the connection string <c>warehouse</c> with its pool, a health check, and, when telemetry is exported, traces and metrics.
    /// </summary>
    /// <param name="configure">Changes the connection string's settings.</param>
    public static TBuilder AddWarehouse<TBuilder>(this TBuilder builder, Action<NpgsqlConnectionStringBuilder>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddNpgsqlDataSource(
            "warehouse",
            settings => settings.DisableTracing = settings.DisableMetrics = !builder.ExportsTelemetry(),
            source => configure?.Invoke(source.ConnectionStringBuilder));
        return builder;
    }
}
