namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

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
    /// Every answer of the protocol names its version, refusals of authentication included; a client that speaks no version or another is told so.
    /// </summary>
    internal static void UseTusVersion(this WebApplication app) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Tus.Headers.Resumable] = Tus.Version;
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>Refuses requests of another protocol version, before anything is done.</summary>
    internal static async ValueTask<object?> RequireVersionAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (string.Equals(context.Request.Headers[Tus.Headers.Resumable], Tus.Version, StringComparison.Ordinal))
        {
            return await next(invocation);
        }

        context.Response.Headers[Tus.Headers.SupportedVersions] = Tus.Version;
        return TusProblems.UnsupportedVersion;
    }
}
