namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>Names and values of the tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload).</summary>
internal static class Tus
{
    internal const string Version = "1.0.0";
    internal const string Extensions = "creation,creation-with-upload,termination,checksum,expiration,concatenation";
    internal const string ContentType = "application/offset+octet-stream";

    /// <summary>The status that the checksum extension adds.</summary>
    internal const int ChecksumMismatch = 460;

    /// <summary>Headers that a page of another origin may send.</summary>
    internal static readonly string[] RequestHeaders =
        [TusHeaders.Resumable, TusHeaders.Offset, TusHeaders.Length, TusHeaders.DeferLength, TusHeaders.Metadata, TusHeaders.Checksum, TusHeaders.Concat, TusHeaders.MethodOverride];

    /// <summary>Headers that a page of another origin may read.</summary>
    internal static readonly string[] ResponseHeaders =
        [TusHeaders.Resumable, TusHeaders.SupportedVersions, TusHeaders.SupportedExtensions, TusHeaders.MaxSize, TusHeaders.ChecksumAlgorithm, TusHeaders.Offset, TusHeaders.Length, TusHeaders.Metadata, TusHeaders.Expires, TusHeaders.Concat, "Link"];
}

/// <summary>The headers of the protocol.</summary>
internal static class TusHeaders
{
    internal const string Resumable = "Tus-Resumable";
    internal const string SupportedVersions = "Tus-Version";
    internal const string SupportedExtensions = "Tus-Extension";
    internal const string MaxSize = "Tus-Max-Size";
    internal const string ChecksumAlgorithm = "Tus-Checksum-Algorithm";
    internal const string Offset = "Upload-Offset";
    internal const string Length = "Upload-Length";
    internal const string DeferLength = "Upload-Defer-Length";
    internal const string Metadata = "Upload-Metadata";
    internal const string Checksum = "Upload-Checksum";
    internal const string Concat = "Upload-Concat";
    internal const string Expires = "Upload-Expires";
    internal const string MethodOverride = "X-HTTP-Method-Override";
}

/// <summary>Registration of resumable uploads.</summary>
internal static class TusExtensions
{
    private const string Path = "/uploads";

    internal static void AddResumableUploads(this IServiceCollection services)
    {
        services.AddSingleton<UploadStore>();
        services.AddSingleton<UploadQueue>();
        services.AddHostedService<UploadLoader>();
        services.AddHostedService<UploadKeeper>();
    }

    /// <summary>
    /// Every answer of the protocol names its version, refusals of authentication included; a client without a version or with another one gets an error that says so.
    /// </summary>
    internal static void UseTusVersion(this WebApplication app) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.OnStarting(() =>
        {
            context.Response.Headers[TusHeaders.Resumable] = Tus.Version;
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>Refuses requests of another protocol version, before anything is done.</summary>
    internal static async ValueTask<object?> RequireVersionAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (string.Equals(context.Request.Headers[TusHeaders.Resumable], Tus.Version, StringComparison.Ordinal))
        {
            return await next(invocation);
        }

        context.Response.Headers[TusHeaders.SupportedVersions] = Tus.Version;
        return TusProblems.UnsupportedVersion;
    }
}
