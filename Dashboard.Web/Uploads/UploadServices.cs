namespace Dunnhumby.Dashboard.Web.Uploads;

internal static class UploadServices
{
    private const string DiscoveredAddress = "services:ingestion:http:0";

    internal static void AddUploads(this IServiceCollection services) =>
        services.AddOptions<UploadOptions>()
            .BindConfiguration(UploadOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) =>
            {
                if (options.IngestionUrl is null && Uri.TryCreate(configuration[DiscoveredAddress], UriKind.Absolute, out var discovered))
                {
                    options.IngestionUrl = discovered;
                }
            })
            .ValidateDataAnnotations()
            .Validate(
                options => options.IngestionUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https" },
                "Uploads:IngestionUrl must be an absolute http or https address.")
            .ValidateOnStart();
}
