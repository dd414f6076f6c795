using System.Text.Json.Serialization;
using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Outbox;
using Dunnhumby.Ingestion.Service.Care;
using Dunnhumby.Ingestion.Service.Doors;
using Dunnhumby.Ingestion.Service.Doors.Reference;
using Dunnhumby.Ingestion.Service.Doors.Resumable;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.Ingestion.Service.Loading.Batches;
using Dunnhumby.Ingestion.Service.Loading.Replays;
using Dunnhumby.Ingestion.Service.Reading;
using Dunnhumby.Lake;
using Dunnhumby.ServiceDefaults.Messaging;
using Dunnhumby.ServiceDefaults.Reference;
using Dunnhumby.ServiceDefaults.Warehouse;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.Ingestion.Service;

internal static class IngestionExtensions
{
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BodyGrace = TimeSpan.FromSeconds(10);

    /// <summary>Adds what the service does: the lake, the bus with the outbox, uploads and their protection.</summary>
    internal static void AddIngestion(this WebApplicationBuilder builder)
    {
        builder.AddWarehouse();
        builder.AddLakeCatalog();
        builder.AddLakeFiles();
        builder.AddMessaging();
        builder.Services.AddOutbox();
        builder.Services.AddOptions<IngestionOptions>().BindConfiguration(IngestionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IngestionTelemetry>();
        AddReading(builder.Services);
        AddLoading(builder.Services);
        AddDoors(builder.Services);
        builder.Services.AddLakeCare();
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer<IngestionDocument>().AddOperationTransformer<UploadBodies>());
        builder.Services.AddReference(IngestionReference.Reference);
        // As the reference says: numbers are numbers.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(builder.Configuration.GetSection("Cors:Origins").Get<string[]>() ?? [])
            .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Head, HttpMethods.Patch, HttpMethods.Delete)
            .WithHeaders([HeaderNames.Authorization, HeaderNames.ContentType, HeaderNames.ContentEncoding, "Content-Digest", "Repr-Digest", "Idempotency-Key", .. Tus.RequestHeaders])
            .WithExposedHeaders([HeaderNames.Location, "Idempotency-Replayed", .. Tus.ResponseHeaders])));
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<IngestionOptions>>(ConfigureKestrel);
    }

    private static void AddReading(IServiceCollection services) => services.AddSingleton<FileReader>();

    private static void AddLoading(IServiceCollection services)
    {
        services.AddSingleton<RunningUploads>();
        services.AddSingleton<RunningLoads>();
        services.AddHostedService<ProgressHeartbeat>();
        services.AddSingleton<CommitInquiry>();
        services.AddSingleton<CatalogCommits>();
        services.AddSingleton<LoadRegister>();
        services.AddSingleton<UploadPipeline>();
        services.AddSingleton<BatchReader>();
        services.AddSingleton<BatchPipeline>();
        services.AddSingleton<BatchRegister>();
        services.AddSingleton<Mending>();
        services.AddSingleton<WithdrawalRegister>();
    }

    private static void AddDoors(IServiceCollection services)
    {
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<KeyOwnership>();
        services.AddSingleton<FileIntake>();
        services.AddResumableUploads();
        services.AddSingleton<WatchFolder>();
        services.AddHostedService<FolderWatcher>();
        services.AddTickets();
        services.AddExceptionHandler<OutageHandler>();
        services.AddRateLimits();
        services.AddSingleton<UploadQuota>();
    }

    internal static void MapIngestion(this WebApplication app)
    {
        app.UseRateLimiter();
        app.MapReference();
        app.MapDatasets();
        app.MapUploads();
        app.MapBatches();
        app.MapResumableUploads();
        app.MapLoads();
        app.MapProgress();
        app.MapQuarantine();
        app.MapReplays();
        app.MapWithdrawals();
        app.MapTickets();
        app.MapLake();
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel, IOptions<IngestionOptions> options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(options.Value.MinBytesPerSecond, BodyGrace);
    }
}
