namespace Dunnhumby.Ingestion.Service.Care;

internal static class LakeCareServices
{
    internal static void AddLakeCare(this IServiceCollection services)
    {
        services.AddOptions<LakeCareOptions>().BindConfiguration(LakeCareOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Merger>();
        services.AddSingleton<Compactor>();
        services.AddSingleton<LakeManifest>();
        services.AddSingleton<RetiredFiles>();
        services.AddSingleton<OrphanFiles>();
        services.AddSingleton<FileFaults>();
        services.AddSingleton<CareRounds>();
        services.AddHostedService<LakeCareService>();
        services.AddSingleton<LakeHealthCheck>();
        services.AddHealthChecks().AddCheck<LakeHealthCheck>("lake");
    }
}
