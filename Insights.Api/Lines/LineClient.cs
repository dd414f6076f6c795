using System.Globalization;
using System.Net;
using System.Text.Json;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Insights.Api.Lines;

/// <summary>
/// Asks the transform service for lines: it may read the lake, this service may not. What it refuses is refused here in its words; when it does not answer, everything else is
/// still served.
/// </summary>
internal sealed partial class LineClient(IHttpClientFactory clients, IConfiguration configuration, ILogger<LineClient> logger)
{
    internal const string Name = "lines";

    private static readonly Uri Service = new("http://transform");

    /// <summary>The key that this service accepts itself for reading; both services have it.</summary>
    private readonly string? _key = configuration[$"ApiKeys:{Scopes.Read}"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    /// <param name="path">Below <c>/lines</c> of the transform service.</param>
    /// <param name="query">Parameters; those without a value are left out.</param>
    /// <param name="cancellationToken">Ends the reading there too.</param>
    internal async Task<(T? Value, ProblemHttpResult? Problem)> GetAsync<T>(string path, IEnumerable<(string Name, object? Value)> query, CancellationToken cancellationToken)
        where T : class
    {
        using var http = clients.CreateClient(Name);
        var parameters = QueryString.Create(query
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => KeyValuePair.Create(parameter.Name, Convert.ToString(parameter.Value, CultureInfo.InvariantCulture))));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Service, $"/lines/{path}{parameters}"));
        request.Headers.TryAddWithoutValidation("X-Api-Key", _key);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => (await response.Content.ReadFromJsonAsync<T>(cancellationToken), null),
                HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout when await ProblemAsync(response, cancellationToken) is { } problem => (null, problem),
                var status => (null, Unexpected(status)),
            };
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is HttpRequestException or TaskCanceledException or JsonException or IOException)
        {
            Log.NoAnswer(logger, failure);
            return (null, Unavailable());
        }
    }

    /// <summary>The problem in the service's words; null when the answer is of something else, such as a proxy.</summary>
    private static async Task<ProblemHttpResult?> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<ProblemDetails>(cancellationToken) is { Type: { } type } problem && type.StartsWith("urn:", StringComparison.Ordinal)
            ? TypedResults.Problem(problem.Detail, statusCode: (int)response.StatusCode, title: problem.Title, type: type)
            : null;

    private ProblemHttpResult Unexpected(HttpStatusCode status)
    {
        Log.Refused(logger, (int)status);
        return Unavailable();
    }

    private static ProblemHttpResult Unavailable() => TypedResults.Problem(
        "The transform service, which reads the lake, does not answer as it should. All other addresses work. Try again in a minute; if it happens again, look at the health of the transform service, "
        + "and whether both services have the same ApiKeys__Read.",
        statusCode: StatusCodes.Status503ServiceUnavailable,
        title: "Lines cannot be read at present.",
        type: ProblemTypes.Of("lines-unavailable"));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The transform service does not answer a question about lines")]
        public static partial void NoAnswer(ILogger logger, Exception failure);

        [LoggerMessage(LogLevel.Warning, "The transform service answers a question about lines with status {Status}")]
        public static partial void Refused(ILogger logger, int status);
    }
}

internal static class LineExtensions
{
    internal static void AddLines(this IServiceCollection services)
    {
        services.AddSingleton<LineClient>();
        var client = services.AddHttpClient(LineClient.Name)
            .ConfigureHttpClient((provider, http) => http.Timeout = provider.GetRequiredService<IOptions<InsightsOptions>>().Value.LinesTimeout);
#pragma warning disable EXTEXP0001 // Experimental: the only way to leave out the standard handler, which would ask a busy reader again and again.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
