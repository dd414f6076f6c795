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
                entry.Value.Description,
                entry.Value.Data,
            }),
        },
        context.RequestAborted);
}
