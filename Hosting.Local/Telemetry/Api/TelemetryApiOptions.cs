using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>Who may read the telemetry as JSON.</summary>
public sealed class TelemetryApiOptions
{
    /// <summary>What callers send as <c>x-api-key</c>.</summary>
    [Required]
    [MinLength(16)]
    public string ApiKey { get; set; } = string.Empty;
}
