using System.Globalization;
using System.Text;
using Dunnhumby.Hosting.Local.Dashboard.Resources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;

/// <summary>Console lines as a text file.</summary>
internal static class ConsoleDownload
{
    /// <summary>Maps <c>GET /consolelogs/download?resource=…</c>.</summary>
    public static void MapConsoleDownload(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/consolelogs/download", Download);

    private static FileContentHttpResult Download(string? resource, ConsoleLogStore store, ResourceViews resources, TimeProvider time)
    {
        var ids = string.IsNullOrEmpty(resource) ? null : resources.IdsOf(resource);
        var text = new StringBuilder();
        foreach (var line in store.Read(ids))
        {
            text.Append(line.Time.ToString("O", CultureInfo.InvariantCulture)).Append(' ');
            if (ids is not { Count: 1 })
            {
                text.Append('[').Append(line.ResourceId).Append("] ");
            }

            text.Append(AnsiText.Plain(line.Text)).Append('\n');
        }

        // The name is a resource's, which has letters, digits and hyphens only, or ours.
        var name = ids is { Count: > 0 } ? ids[0] : "all";
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/plain; charset=utf-8", $"{name}-{time.GetUtcNow():yyyyMMdd-HHmmss}.txt");
    }
}
