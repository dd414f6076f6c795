using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Outbox;
using Dunnhumby.Lake;
using Dunnhumby.ServiceDefaults.Messaging;
using Dunnhumby.ServiceDefaults.Warehouse;
using Dunnhumby.Transform.Worker.Cache;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Lineage;
using Dunnhumby.Transform.Worker.Lines;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.OpenLineage;
using Dunnhumby.Transform.Worker.Publishing;
using Dunnhumby.Transform.Worker.Replacements;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Schedules;
using Dunnhumby.Transform.Worker.Work;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker;

/// <summary>Registration of the transform worker.</summary>
internal static class TransformExtensions
{
    /// <summary>Adds everything that runs need. Reads the sections Transform, Reference, Calendar and Lines, and the connection strings warehouse, lake and messaging.</summary>
    internal static void AddTransform(this IHostApplicationBuilder builder)
    {
        builder.AddWarehouse();
        builder.AddLakeCatalog();
        builder.AddLakeFiles();
        builder.AddMessaging(bus =>
        {
            bus.AddConsumer<LoadCompletedConsumer, LoadCompletedConsumer.Definition>();
            bus.AddConsumer<LoadWithdrawnConsumer, LoadWithdrawnConsumer.Definition>();
        });
        builder.Services.AddOutbox();
        builder.Services.AddOptions<TransformOptions>().BindConfiguration(TransformOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IPostConfigureOptions<TransformOptions>, SpillDirectory>();
        builder.Services.AddOptions<ReferenceOptions>().BindConfiguration(ReferenceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<CalendarOptions>().BindConfiguration(CalendarOptions.Section);
        builder.Services.AddOpenLineage();
        builder.Services.AddRuns();
        builder.Services.AddLines();
        builder.Services.AddSchedules(builder.Configuration.GetSection(TransformOptions.Section).Get<TransformOptions>() ?? new TransformOptions());
        builder.Services.AddHealthChecks().AddCheck<RunLoopHealthCheck>("run loop");
    }

    private static void AddRuns(this IServiceCollection services)
    {
        services.AddSingleton(provider => TransformSettings.From(
            provider.GetRequiredService<IOptions<ReferenceOptions>>(),
            provider.GetRequiredService<IOptions<CalendarOptions>>()));
        services.TryAddSingleton(ModelCatalog.Embedded());
        services.AddSingleton<LakeInputsReader>();
        services.AddSingleton<Computation>();
        services.AddSingleton<Engine>();
        services.AddSingleton<WarehouseCache>();
        services.AddSingleton<TableMaker>();
        services.AddSingleton<PublishedVersion>();
        services.AddSingleton<VersionTables>();
        services.AddSingleton<VersionLineage>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<OldVersions>();
        services.AddSingleton<VersionHold>();
        services.AddSingleton<GoingBack>();
        services.AddSingleton<RunSignal>();
        services.AddSingleton<RunRequests>();
        services.AddSingleton<RunLeases>();
        services.AddSingleton<RunPulse>();
        services.AddSingleton<Reconciliation>();
        services.AddSingleton<Transformation>();
        services.AddSingleton<RunWork>();
        services.AddHostedService<RunLoop>();
        services.AddSingleton<ReplacementCounts>();
        services.AddHostedService<ReplacementLoop>();
    }
}
