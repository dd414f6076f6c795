using System.Diagnostics;

namespace Dunnhumby.Dashboard.Web;

/// <summary>The dashboard's own activities.</summary>
internal static class DashboardTelemetry
{
    internal static readonly ActivitySource Activities = new("Dunnhumby.Dashboard");
}
