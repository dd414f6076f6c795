using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Dashboard.Web.Uploads;

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

    /// <summary>Scheme, host and port, as the content security policy wants it.</summary>
    internal string Origin => IngestionUrl?.GetLeftPart(UriPartial.Authority) ?? "";

    /// <summary>The address of <c>POST /loads/{dataset}</c>, or without a data set that of <c>POST /loads</c> for archives.</summary>
    internal string LoadsUrl(string? dataset) => $"{IngestionUrl?.AbsoluteUri.TrimEnd('/')}/loads{(dataset is null ? "" : "/" + dataset)}";
}
