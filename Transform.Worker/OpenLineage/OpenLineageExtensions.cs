namespace Dunnhumby.Transform.Worker.OpenLineage;

internal static class OpenLineageExtensions
{
    /// <summary>An answer that takes longer is none: the next events wait for it.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds what tells a lineage service of runs. Reads the keys of the section Transform that begin with OpenLineage.</summary>
    internal static void AddOpenLineage(this IServiceCollection services)
    {
        services.AddOptions<OpenLineageOptions>().BindConfiguration(TransformOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(OpenLineageSender.Client, client => client.Timeout = Timeout);
        services.AddSingleton<OpenLineageSender>();
        services.AddHostedService(provider => provider.GetRequiredService<OpenLineageSender>());
        services.AddSingleton<RunEvents>();
    }
}
