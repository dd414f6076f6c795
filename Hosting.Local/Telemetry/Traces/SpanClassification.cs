using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>The attributes that the semantic conventions require of each type of span, in their stable and their older names.</summary>
internal static class SpanClassification
{
    public static SpanTypes Of(TelemetryAttributes attributes)
    {
        foreach (var (name, _) in attributes.Items)
        {
            switch (name)
            {
                case "http.request.method" or "http.method":
                    return SpanTypes.Http;
                case "db.system.name" or "db.system":
                    return SpanTypes.Database;
                case "messaging.system":
                    return SpanTypes.Messaging;
                case "rpc.system.name" or "rpc.system":
                    return SpanTypes.Rpc;
            }
        }

        return SpanTypes.Other;
    }
}
