using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dunnhumby.ServiceDefaults.Health;

/// <summary>Writes what each health check found: its state, its words and its figures. Never an exception: anybody may read this.</summary>
internal static class HealthReportWriter
{
    internal static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            Status = report.Status.ToString(),
            Checks = report.Entries.Select(entry => new
            {
                Name = entry.Key,
                Status = entry.Value.Status.ToString(),
                Description = Shown(entry.Value),
                entry.Value.Data,
            }),
        },
        context.RequestAborted);

    /// <summary>An exception's own words may name hosts and accounts: those are for the log.</summary>
    private static string? Shown(HealthReportEntry entry) =>
        entry.Exception is { } failure && string.Equals(entry.Description, failure.Message, StringComparison.Ordinal) ? "It failed; the service's log says why." : entry.Description;
}
