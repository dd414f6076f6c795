using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.TestSupport;

namespace Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;

/// <summary>Speaks the protocol request by request, so that each can be wrong in one way.</summary>
internal sealed class TusClient : IDisposable
{
    private readonly HttpClient _http;

    internal TusClient(HttpClient http) => _http = http;

    internal static string Metadata(string key, string value) => $"{key} {Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}";

    /// <summary>Any request, with <c>Tus-Resumable</c> unless another version (or, with "", none) is given.</summary>
    internal async Task<HttpResponseMessage> SendAsync(
        string method, string address, byte[]? body = null, string? contentType = "application/offset+octet-stream", string version = "1.0.0", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (version.Length > 0)
        {
            request.Headers.Add("Tus-Resumable", version);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);
        }

        foreach (var (name, value) in headers)
        {
            (request.Headers.TryAddWithoutValidation(name, value) || (request.Content?.Headers.TryAddWithoutValidation(name, value) ?? false)).ShouldBeTrue(name);
        }

        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Begins an upload; gives its address.</summary>
    internal async Task<string> CreateAsync(long length, string fileName, params string[] metadata)
    {
        using var response = await SendAsync("POST", "/uploads", headers: [("Upload-Length", $"{length}"), ("Upload-Metadata", string.Join(',', metadata.Prepend(Metadata("filename", fileName))))]);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response.Headers.Location.ShouldNotBeNull().ToString();
    }

    internal Task<HttpResponseMessage> PatchAsync(string address, long offset, byte[] body, params (string Name, string Value)[] headers) =>
        SendAsync("PATCH", address, body, headers: [("Upload-Offset", $"{offset}"), .. headers]);

    internal async Task<long> OffsetAsync(string address)
    {
        using var response = await SendAsync("HEAD", address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return Offset(response);
    }

    internal static long Offset(HttpResponseMessage response) => long.Parse(response.Headers.GetValues("Upload-Offset").Single(), System.Globalization.CultureInfo.InvariantCulture);

    internal async Task<ResumableUpload> StateAsync(string address) =>
        (await _http.GetFromJsonAsync<ResumableUpload>(address, TestContext.Current.CancellationToken)).ShouldNotBeNull();

    /// <summary>Waits until the upload is loaded or refused.</summary>
    internal Task<ResumableUpload> EndAsync(string address) =>
        Eventually.GetAsync(() => StateAsync(address), upload => upload.State is UploadStates.Completed or UploadStates.Refused);

    public void Dispose() => _http.Dispose();
}
