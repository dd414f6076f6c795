using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Logs;

/// <summary>What the <c>exception.*</c> attributes of a log or of a span's event say.</summary>
public sealed record ExceptionDetails(string? Type, string? Message, string? StackTrace)
{
    internal static ExceptionDetails? From(TelemetryAttributes attributes)
    {
        var exception = new ExceptionDetails(attributes.Find("exception.type"), attributes.Find("exception.message"), attributes.Find("exception.stacktrace"));
        return exception is { Type: null, Message: null, StackTrace: null } ? null : exception;
    }
}
