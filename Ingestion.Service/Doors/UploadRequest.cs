using System.Runtime.InteropServices;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>What the head of an upload request says.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UploadRequest(ContentDigests Digests, ErrorBudget Budget, ContentCoding Coding)
{
    private const string OfCurl = "application/x-www-form-urlencoded";
    private const int ShownCharacters = 100;

    internal static readonly HashSet<string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "text/csv", "text/plain", "application/csv", "application/octet-stream", "application/gzip", "application/x-gzip", "application/zstd",
        "application/x-zstd", "application/zip", "application/x-zip-compressed", "text/comma-separated-values", "text/x-csv", "application/x-csv",

        // What browsers on Windows call a CSV file where Excel is installed. A real workbook is told by its content.
        "application/vnd.ms-excel",
    };

    /// <summary>What is wrong with the request before its body is read, if anything.</summary>
    internal static Rejection? Read(HttpRequest request, string? maxQuarantined, IngestionOptions options, out UploadRequest read)
    {
        read = default;
        if (!string.IsNullOrEmpty(request.ContentType) && !(MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && ContentTypes.Contains(type.MediaType.ToString())))
        {
            return new Rejection(
                "unsupported-content-type",
                "The content type is not taken",
                $"{Came(request.ContentType)} Send the file itself as the body, with one of these content types or none: {string.Join(", ", ContentTypes)}.")
            {
                Status = StatusCodes.Status415UnsupportedMediaType,
            };
        }

        if (ContentCodings.Read(request.Headers.ContentEncoding) is not { } coding)
        {
            request.HttpContext.Response.Headers.AcceptEncoding = ContentCodings.Names;
            return new Rejection("unsupported-content-encoding", "The content encoding is not taken", $"Send the body with one of the encodings {ContentCodings.Names}, or with none.")
            {
                Status = StatusCodes.Status415UnsupportedMediaType,
            };
        }

        if (request.ContentLength > options.MaxRequestBytes)
        {
            return Rejection.BodyTooLarge(options.MaxRequestBytes);
        }

        var budget = maxQuarantined is null ? ErrorBudget.Default(options) : ErrorBudget.Parse(maxQuarantined);
        var digests = ContentDigests.Read(request.Headers);
        if (budget is null || digests is null)
        {
            return budget is null
                ? new Rejection("invalid-budget", "maxQuarantined is not understood", "Give a number of rows such as 500, or a share such as 5%.") { Status = StatusCodes.Status400BadRequest }
                : new Rejection("invalid-digest", "The declared digest is not understood", $"Give it as sha-256=:base64:, of one of the algorithms {ContentDigests.Algorithms}, or leave the header out.") { Status = StatusCodes.Status400BadRequest };
        }

        read = new UploadRequest(digests, budget.Value, coding);
        return null;
    }

    private static string Came(string contentType) => contentType.StartsWith(OfCurl, StringComparison.OrdinalIgnoreCase)
        ? $"{OfCurl} came, which is what curl says by itself: add -H 'Content-Type: text/csv'."
        : $"{(contentType.Length > ShownCharacters ? contentType[..ShownCharacters] + "…" : contentType)} came.";
}
