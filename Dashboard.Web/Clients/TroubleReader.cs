using System.Net;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Dunnhumby.Dashboard.Web.SignIn;

namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>Turns an error answer (problem+json or not) into words.</summary>
internal static class TroubleReader
{
    private const string ProblemJson = MediaTypeNames.Application.ProblemJson;
    private const string TableMissing = "urn:dunnhumby:problem:table-missing";

    /// <summary>Reads the trouble out of an answer that is not a success.</summary>
    internal static async Task<Trouble> ReadAsync(HttpResponseMessage response, string service, CancellationToken cancellationToken)
    {
        var body = string.Equals(response.Content.Headers.ContentType?.MediaType, ProblemJson, StringComparison.OrdinalIgnoreCase)
            ? await response.Content.ReadAsStringAsync(cancellationToken)
            : null;
        var isPerson = response.RequestMessage?.Options.TryGetValue(VisitorHandler.IsPerson, out var person) is true && person;
        return Of(response.StatusCode, body, service, isPerson);
    }

    /// <summary>The trouble of a status and, when there is one, the problem+json body that came with it.</summary>
    /// <param name="isPerson">Whether a person's token was sent, or missing, and not the dashboard's key.</param>
    internal static Trouble Of(HttpStatusCode status, string? body, string service, bool isPerson = false)
    {
        var problem = Parse(body);
        return status switch
        {
            HttpStatusCode.Unauthorized when isPerson => new(TroubleKind.SignedOut, "Your session has ended", Sentences(problem?.Detail, "Sign in again to continue."), problem?.TraceId),
            HttpStatusCode.Forbidden when isPerson => new(TroubleKind.Unauthorized, "Your account may not do this", problem?.Detail ?? "None of your roles allows it.", problem?.TraceId),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(
                TroubleKind.Unauthorized,
                $"The {service} service does not accept this dashboard's key",
                Sentences(problem?.Detail, $"Set the same key for the dashboard and the service (ApiKeys__read for insights, ApiKeys__ingest for ingestion) and restart the dashboard."),
                problem?.TraceId),
            HttpStatusCode.ServiceUnavailable when string.Equals(problem?.Type, TableMissing, StringComparison.Ordinal) =>
                new(TroubleKind.NotComputed, problem?.Title ?? "There are no figures yet", Details(problem) ?? "", problem?.TraceId),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new(TroubleKind.NotFound, problem?.Title ?? "Not found", Details(problem) ?? "There is nothing at this address.", problem?.TraceId),
            _ => new(
                status is HttpStatusCode.BadRequest ? TroubleKind.BadAddress : TroubleKind.Refused,
                problem?.Title ?? $"The {service} service answered {(int)status}",
                Details(problem) ?? "Try again; if it happens again, look into the service's log.",
                problem?.TraceId),
        };
    }

    /// <summary>The service could not be reached at all, or did not answer in time.</summary>
    internal static Trouble Unreachable(string service) => new(
        TroubleKind.Unreachable,
        $"The {service} service does not answer",
        $"It may be starting or stopped: look at the state of '{service}' in the console of the AppHost and try again.");

    /// <summary>An answer that is not what this dashboard expects.</summary>
    internal static Trouble Unreadable(string service) => new(
        TroubleKind.Refused,
        $"The {service} service answered in a way this dashboard cannot read",
        "The dashboard and the service are probably of different versions: build and start both again.");

    private static string? Details(ProblemBody? problem)
    {
        if (problem is null)
        {
            return null;
        }

        var text = new StringBuilder(problem.Detail);
        foreach (var (field, messages) in problem.Errors ?? new Dictionary<string, string[]>(StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? " " : "").Append(field).Append(": ").AppendJoin(' ', messages);
        }

        return text.Length > 0 ? text.ToString() : problem.Title;
    }

    private static string Sentences(params string?[] parts) => string.Join(' ', parts.Where(part => !string.IsNullOrWhiteSpace(part)));

    private static ProblemBody? Parse(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ProblemBody>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            // A proxy's page, for example: the status alone says what happened.
            return null;
        }
    }

    private sealed record ProblemBody(string? Type, string? Title, string? Detail, string? TraceId, Dictionary<string, string[]>? Errors);
}
