using Dunnhumby.Contracts.Security;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.SignIn;
using Dunnhumby.Dashboard.Web.Versions;
using Dunnhumby.ServiceDefaults.Requests;
using Microsoft.Net.Http.Headers;
using Polly;

namespace Dunnhumby.Dashboard.Web.Tables;

/// <summary>Hands a table from the insights service on to the browser, which has no key of its own.</summary>
internal static class TableDownloads
{
    internal static void MapTableDownloads(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/tables/{name}/download", SendAsync).RequireAuthorization(Scopes.Read).ReadTheirOwnQuery().ExcludeFromDescription();

    /// <summary>Streams the file. What keeps it from coming is said by the table's page, to which the browser is led then.</summary>
    private static async Task SendAsync(string name, HttpContext context, Visitor visitor, InsightsClient insights)
    {
        visitor.ActFor(context.User);
        var query = context.Request.Query;
        var asked = query[AskedVersion.Parameter].ToString();
        var filter = RowFilter.Read(query["filter"], query["from"], query["to"], query["sort"], after: null, trail: null);
        var page = AskedVersion.Link($"/tables/{Uri.EscapeDataString(name)}{filter.ToPageQuery()}", asked);
        var format = query["format"].ToString();
        if (format is not ("csv" or "parquet") || AskedVersion.TroubleOf(asked) is not null)
        {
            context.Response.Redirect(page);
            return;
        }

        try
        {
            var client = AskedVersion.Number(asked) is { } version ? insights.Of(version) : insights;
            using var answer = await client.OpenAsync($"tables/{Uri.EscapeDataString(name)}{filter.ToWholeQuery(format)}", context.RequestAborted);
            if (!answer.IsSuccessStatusCode)
            {
                context.Response.Redirect(page);
                return;
            }

            var file = new ContentDispositionHeaderValue("attachment");
            file.SetHttpFileName($"{name}.{format}");
            context.Response.Headers.ContentDisposition = file.ToString();
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or ExecutionRejectedException && !context.Response.HasStarted)
        {
            context.Response.Redirect(page);
        }
    }
}
