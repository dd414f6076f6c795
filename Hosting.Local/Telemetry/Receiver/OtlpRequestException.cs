using Grpc.Core;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>A request over HTTP that cannot be read, with the answer that the client gets.</summary>
internal sealed class OtlpRequestException(int httpStatus, StatusCode status, string message) : Exception(message)
{
    public int HttpStatus { get; } = httpStatus;

    public StatusCode Status { get; } = status;
}
