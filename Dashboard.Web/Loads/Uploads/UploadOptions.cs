using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Dashboard.Web.Loads.Uploads;

/// <summary>Where browsers upload to; section <c>Uploads</c>.</summary>
internal sealed class UploadOptions
{
    internal const string Section = "Uploads";

    /// <summary>The ingestion service as a browser reaches it; by default the address that this process uses.</summary>
    [Required(ErrorMessage = "Set Uploads__IngestionUrl (or services__ingestion__http__0) to the address at which browsers reach the ingestion service.")]
    public Uri? IngestionUrl { get; set; }

    /// <summary>Files larger than this are sent in pieces, so that a broken connection does not cost the whole file.</summary>
    [Range(0, long.MaxValue)]
    public long ResumableFromBytes { get; set; } = 8L << 20;

    /// <summary>The address of resumable uploads.</summary>
    internal string ResumableUrl => $"{IngestionUrl?.AbsoluteUri.TrimEnd('/')}/uploads";

    /// <summary>Scheme, host and port, for the content security policy.</summary>
    internal string Origin => IngestionUrl?.GetLeftPart(UriPartial.Authority) ?? "";

    /// <summary>The address of <c>POST /loads/{dataset}</c>, or without a data set that of <c>POST /loads</c> for archives.</summary>
    internal string LoadsUrl(string? dataset) => $"{IngestionUrl?.AbsoluteUri.TrimEnd('/')}/loads{(dataset is null ? "" : "/" + dataset)}";
}

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
